"""An app without pages leads its visitors to the API's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.client import Client


def test_the_front_door_leads_to_the_document(client: Client) -> None:
    response = client.get("/")

    assert response.status_code in {302, 303}
    assert response.location == "/api/v1/docs"
