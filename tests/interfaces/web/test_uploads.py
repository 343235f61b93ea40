"""What is over the limit comes in, is counted, and is not written."""

from gongjian.interfaces.web.uploads import BoundedUpload


def test_no_more_than_the_limit_goes_to_disk(settings):
    settings.LARGEST_UPLOAD = 100_000
    handler = BoundedUpload()
    handler.new_file("files", "a.txt", "text/plain", 1_000_000)
    for start in range(0, 1_000_000, 50_000):
        handler.receive_data_chunk(bytes(50_000), start)

    file = handler.file_complete(1_000_000)

    assert file.size == 1_000_000
    assert len(file.read()) == 150_000
