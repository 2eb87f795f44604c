"""Every name that a built-in block and its attributes can be written with, Spanish first."""

from types import MappingProxyType

NAMES = MappingProxyType(
    {
        "key": ("clave", "key"),
        "caution": ("cuidado", "caution"),
        "law": ("norma", "law"),
        "local": ("local",),
        "info": ("info",),
        "success": ("logro", "success"),
        "say": ("diga", "say"),
        "steps": ("pasos", "steps"),
        "reveal": ("revelar", "reveal"),
        "case": ("ficticio", "case"),
        "sector": ("sector",),
        "video": ("video",),
        "audio": ("audio",),
        "download": ("descarga", "download"),
        "term": ("termino", "término", "term"),
        "place": ("lugar", "jurisdiccion", "jurisdiction", "place"),
        "question": ("pregunta", "question"),
        "scene": ("escena", "scene"),
        "ending": ("final", "ending"),
        "closing": ("cierre", "closing"),
        "contact": ("contacto", "contact"),
        "route": ("ruta", "route"),
        "simulation": ("simulacion", "simulación", "simulation"),
    }
)

SCENE_ATTRIBUTES = MappingProxyType({"inicio": "start", "start": "start"})

ROUTE_ATTRIBUTES = MappingProxyType(
    {"perfil": "profile", "profile": "profile", "paso": "step", "step": "step"}
)

MEDIA_ATTRIBUTES = MappingProxyType(
    {
        "subtitulos": "captions",
        "captions": "captions",
        "portada": "poster",
        "poster": "poster",
    }
)

LAW_ATTRIBUTES = MappingProxyType(
    {"fuente": "source", "source": "source", "articulo": "article", "article": "article"}
)

PLACE_ATTRIBUTES = MappingProxyType({"id": "id", "de": "from", "from": "from"})

QUESTION_ATTRIBUTES = MappingProxyType(
    {
        "id": "id",
        "fuente": "source",
        "source": "source",
        "nivel": "level",
        "level": "level",
        "sector": "sector",
        "pais": "country",
        "country": "country",
        "tipo": "type",
        "type": "type",
        "exige": "demands",
        "demands": "demands",
        "erratas": "typos",
        "typos": "typos",
        "tolerancia": "tolerance",
        "tolerance": "tolerance",
        "unidades": "units",
        "units": "units",
        "formatos": "formats",
        "formats": "formats",
        "limite": "limit",
        "limit": "limit",
        "parcial": "partial",
        "partial": "partial",
        "verificar": "verify",
        "verify": "verify",
        "modulo": "module",
        "module": "module",
        "objetivo": "objective",
        "objective": "objective",
        "etiquetas": "tags",
        "tags": "tags",
        "estado": "state",
        "state": "state",
    }
)
