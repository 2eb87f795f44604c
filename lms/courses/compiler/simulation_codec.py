"""Compiled simulations as plain JSON values, and back: what a release stores."""

from collections.abc import Mapping
from datetime import date

from lms.courses.compiler.codec import (
    Json,
    JsonObject,
    language_to_json,
    parts_from_json,
    parts_to_json,
    source_from_json,
    source_to_json,
    term_from_json,
    term_to_json,
)
from lms.courses.compiler.course import Axis, Bounds, Choice, Ending, Scene, Simulation


def simulation_to_json(simulation: Simulation) -> JsonObject:
    """Return the simulation, scores included, as a JSON object."""
    plain = ("slug", "title", "minutes", "objective", "intensity", "jurisdiction", "pass_mark", "start")
    return {name: getattr(simulation, name) for name in plain} | {
        **({"pass_axis": simulation.pass_axis.value} if simulation.pass_axis else {}),
        "reviewed_on": simulation.reviewed_on.isoformat(),
        "intro": parts_to_json(simulation.intro),
        "scenes": [_scene_to_json(scene) for scene in simulation.scenes],
        "endings": [_ending_to_json(ending) for ending in simulation.endings],
        "closing": parts_to_json(simulation.closing),
        "bounds": _bounds_to_json(simulation.bounds),
        "terms": [term_to_json(term) for term in simulation.terms],
        "sources": [source_to_json(source) for source in simulation.sources],
        "icons": list(simulation.icons),
        **language_to_json(simulation),
    }


def simulation_from_json(value: Mapping[str, Json]) -> Simulation:
    """Return the simulation that `simulation_to_json` wrote."""
    return Simulation(
        slug=value["slug"],
        title=value["title"],
        minutes=value["minutes"],
        objective=value["objective"],
        reviewed_on=date.fromisoformat(value["reviewed_on"]),
        intensity=value["intensity"],
        jurisdiction=value["jurisdiction"],
        pass_mark=value["pass_mark"],
        pass_axis=Axis(value["pass_axis"]) if "pass_axis" in value else None,
        intro=parts_from_json(value["intro"]),
        start=value["start"],
        scenes=tuple(_scene_from_json(each) for each in value["scenes"]),
        endings=tuple(_ending_from_json(each) for each in value["endings"]),
        closing=parts_from_json(value["closing"]),
        bounds=_bounds_from_json(value["bounds"]),
        terms=tuple(term_from_json(each) for each in value["terms"]),
        sources=tuple(source_from_json(each) for each in value["sources"]),
        icons=tuple(value["icons"]),
        language=value.get("language", ""),
    )


def _scene_to_json(scene: Scene) -> JsonObject:
    return {
        "id": scene.id,
        "title": scene.title,
        "parts": parts_to_json(scene.parts),
        "choices": [_choice_to_json(choice) for choice in scene.choices],
        **language_to_json(scene),
    }


def _scene_from_json(value: Mapping[str, Json]) -> Scene:
    return Scene(
        id=value["id"],
        title=value["title"],
        parts=parts_from_json(value["parts"]),
        choices=tuple(_choice_from_json(each) for each in value["choices"]),
        language=value.get("language", ""),
    )


def _choice_to_json(choice: Choice) -> JsonObject:
    return {
        "key": choice.key,
        "html": choice.html,
        "target": choice.target,
        "scores": _scores_to_json(choice.scores),
        "critical": choice.critical,
        "consequence_html": choice.consequence_html,
        "reason_html": choice.reason_html,
    }


def _choice_from_json(value: Mapping[str, Json]) -> Choice:
    return Choice(
        key=value["key"],
        html=value["html"],
        target=value["target"],
        scores=_scores_from_json(value["scores"]),
        critical=value["critical"],
        consequence_html=value["consequence_html"],
        reason_html=value["reason_html"],
    )


def _ending_to_json(ending: Ending) -> JsonObject:
    value = {"id": ending.id, "title": ending.title, "parts": parts_to_json(ending.parts)}
    return value | language_to_json(ending)


def _ending_from_json(value: Mapping[str, Json]) -> Ending:
    return Ending(
        id=value["id"],
        title=value["title"],
        parts=parts_from_json(value["parts"]),
        language=value.get("language", ""),
    )


def _bounds_to_json(bounds: Bounds) -> JsonObject:
    return {
        "best": _scores_to_json(bounds.best),
        "worst": _scores_to_json(bounds.worst),
        "best_total": bounds.best_total,
        "worst_total": bounds.worst_total,
        "best_path": list(bounds.best_path),
    }


def _bounds_from_json(value: Mapping[str, Json]) -> Bounds:
    return Bounds(
        best=_scores_from_json(value["best"]),
        worst=_scores_from_json(value["worst"]),
        best_total=value["best_total"],
        worst_total=value["worst_total"],
        best_path=tuple(value["best_path"]),
    )


def _scores_to_json(scores: Mapping[Axis, int]) -> JsonObject:
    return {axis.value: score for axis, score in scores.items()}


def _scores_from_json(value: Mapping[str, Json]) -> dict[Axis, int]:
    return {Axis(name): score for name, score in value.items()}
