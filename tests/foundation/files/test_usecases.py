import hashlib
import os

import pytest

from gongjian.foundation.files.models import StoredFile
from gongjian.foundation.files.queries import broken_files, bytes_of, orphans, path_of
from gongjian.foundation.files.usecases import keep_file, sweep_orphans
from gongjian.foundation.records.models import LogEntry
from gongjian.lib.refusals import Missing, Refused
from interfaces.web.people import AT

pytestmark = pytest.mark.django_db
CONTENT = "示例清单".encode()
OTHER = "别的清单".encode()
HOUR = 3600


@pytest.fixture(autouse=True)
def files(tmp_path, settings):
    settings.HOME, settings.FILES = tmp_path, tmp_path / "files"
    return settings.FILES


def keep(name="清单.txt", content=CONTENT):
    return keep_file(name, content, by=None, at=AT)


def on_disk(files):
    return sorted(path.name for path in files.glob("??/*"))


def age(path, seconds):
    """Make a file older than the moment of the test."""
    os.utime(path, (AT.timestamp() - seconds, AT.timestamp() - seconds))


def test_a_file_is_kept_under_its_hash(files):
    stored = keep("C:\\文件\\清单.txt")

    digest = hashlib.sha256(CONTENT).hexdigest()
    assert (stored.name, stored.size, stored.sha256) == ("清单.txt", len(CONTENT), digest)
    assert on_disk(files) == [digest]
    assert bytes_of(stored) == CONTENT


def test_the_same_bytes_are_one_file_and_one_entry(files):
    first, again = keep(), keep("另一个名字.txt")

    assert again == first
    assert (again.name, StoredFile.objects.count(), len(on_disk(files))) == ("清单.txt", 1, 1)
    assert LogEntry.objects.filter(act="file.kept").count() == 1


@pytest.mark.parametrize("bad", [OTHER, b"", CONTENT[:-1]], ids=["other", "empty", "cut"])
def test_bytes_that_are_not_those_kept_are_found_and_mended_by_sending_them_again(bad):
    stored = keep()
    path_of(stored.sha256).write_bytes(bad)

    found = list(broken_files())
    with pytest.raises(Missing) as no:
        bytes_of(stored)
    keep()

    assert found == [(stored.pk, "file.altered")]
    assert no.value.code == "file.altered"
    assert bytes_of(stored) == CONTENT
    assert list(broken_files()) == []


def test_bytes_that_are_gone_are_found():
    stored = keep()
    path_of(stored.sha256).unlink()

    assert list(broken_files()) == [(stored.pk, "file.gone")]


def test_what_no_row_names_is_an_orphan_and_swept_after_an_hour():
    stored = keep()
    old, young = keep("甲.txt", OTHER), keep("乙.txt", b"young")
    StoredFile.objects.exclude(pk=stored.pk).delete()
    age(path_of(old.sha256), HOUR + 1)
    age(path_of(young.sha256), HOUR - 1)
    lost = sorted([path_of(old.sha256), path_of(young.sha256)])

    found, swept = orphans(), sweep_orphans(at=AT)

    assert (found, swept) == (lost, 1)
    assert orphans() == [path_of(young.sha256)]
    assert bytes_of(stored) == CONTENT


def test_an_old_orphan_that_is_sent_again_is_young():
    path = path_of(keep().sha256)
    age(path, 2 * HOUR)
    StoredFile.objects.all().delete()

    stored = keep()
    StoredFile.objects.all().delete()  # its act has not committed yet
    swept = sweep_orphans(at=AT)

    assert swept == 0
    assert path_of(stored.sha256).read_bytes() == CONTENT


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("清单.exe", b"x", "file.kind"),
        ("清单", b"x", "file.kind"),
        ("清单.txt", b"", "file.empty"),
        ("清单.txt", b"x" * 50_000_001, "file.large"),
    ],
)
def test_what_may_not_be_kept_leaves_nothing(files, name, content, code):
    with pytest.raises(Refused) as no:
        keep(name, content)

    assert no.value.code == code
    assert (on_disk(files), StoredFile.objects.count()) == ([], 0)
