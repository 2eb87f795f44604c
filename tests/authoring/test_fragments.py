"""The check while somebody types brings the drawings of every icon that it shows."""

from lms.testing.factories.authoring import LESSON


def test_the_icons_of_the_problems_come_with_their_drawings(browser, draft):
    page = browser.get(f"/authoring/{draft.id}/files/{LESSON}")
    assert "octagon-x" not in page.text
    text = page.select("textarea[name=text]")[0].string.removeprefix("\n")
    data = {"text": text.replace("canalizar", "desconocido")}
    answer = browser.post(f"/authoring/{draft.id}/check/{LESSON}", data, status=200).response.json
    assert "octagon-x" in answer["problems"]
    assert 'id="i-octagon-x"' in answer["preview"]
