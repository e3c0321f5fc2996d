"""A mended file is another file, also under the name and in the size of the one before: what a page
took is not said of it."""

import hashlib
import tracemalloc
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import (
    SimpleUploadedFile,
    TemporaryUploadedFile,
)
from django.test import RequestFactory
from django.utils.datastructures import MultiValueDict

from core import runs
from core.models import StoredFile
from core.web import once
from people.models import User
from tests.core.doors_that_add import doors
from tests.forms import Browser
from tests.refusing import page_says, rows

pytestmark = pytest.mark.django_db
Of = Callable[[User], Browser]
ONE, OTHER = b"Tag,Cost\nQ1,100.00\n", b"Tag,Cost\nQ1,900.00\n"


@pytest.mark.parametrize("name", ["import", "attach"])
def test_a_mended_file_from_the_page_that_sent_the_other_is_refused_and_the_same_is_not(
    name: str, door_world: dict[str, Any], ana: User, client_of: Of
) -> None:
    door, client = doors(door_world)[name], client_of(ana)
    (field,) = door.files
    to, shown = door.to or door.path, client.shown(door.path) | door.typed

    def sent(content: bytes) -> dict[str, Any]:
        return shown | {field: SimpleUploadedFile("list.csv", content)}

    assert client.post(to, sent(ONE)).status_code == 302
    before = rows()
    page_says(client, to, sent(OTHER), "form-used", "is not recorded: open the page", status=409)
    answer = client.post(to, sent(ONE), follow=True)
    assert "It was not recorded once more." in answer.content.decode()
    assert rows() == before
    again = client.shown(door.path) | door.typed
    assert (
        client.post(to, again | {field: SimpleUploadedFile("list.csv", OTHER)}).status_code == 302
    )
    assert rows() != before, "from a page of its own it is taken"


@pytest.mark.parametrize("name", ["import", "attach"])
def test_what_was_read_for_the_key_is_kept_whole(
    name: str, door_world: dict[str, Any], ana: User, client_of: Of, settings: Any
) -> None:
    door, client = doors(door_world)[name], client_of(ana)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000  # by the disk
    content = ONE + b"".join(b"Q%d,1.00\n" % n for n in range(5000))
    sent = door.typed | {next(iter(door.files)): SimpleUploadedFile("list.csv", content)}
    assert client.post(door.to or door.path, client.shown(door.path) | sent).status_code == 302
    for run in runs.Run.objects.filter(state=runs.State.WAITING):
        runs.execute(run.pk)
    assert StoredFile.objects.filter(sha256=hashlib.sha256(content).hexdigest()).exists()


def test_a_large_file_is_read_piece_by_piece(rf: RequestFactory) -> None:
    big = TemporaryUploadedFile("big.csv", "text/csv", 0, "utf-8")
    for n in range(40):
        big.write(bytes([n]) * 1_000_000)
    big.size = 40_000_000
    big.seek(0)
    request = rf.post("/imports/")
    assert not request.POST
    request._files = MultiValueDict({"file": [big]})  # type: ignore[attr-defined]
    tracemalloc.start()
    once._digest(request)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 2_000_000
    assert big.tell() == 0, "the view reads it from its beginning"
