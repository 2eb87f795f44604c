"""The kit's own pages, in the whole application."""

import pytest


@pytest.mark.parametrize("path", ["/help", "/accessibility", "/privacy", "/case-now"])
def test_a_stranger_reads_them(client, path):
    assert client.get(path).title


def test_the_privacy_notice_says_what_every_slice_declares(client, app):
    page = client.get("/privacy")
    declared = [data for part in app.extensions["lms_slices"] for data in part.personal_data]
    assert declared
    assert all(str(data.purpose) in page.text for data in declared)


def test_nothing_of_a_case_can_be_written_there(client):
    page = client.get("/case-now")
    assert page.select("main form, main input, main textarea") == []
