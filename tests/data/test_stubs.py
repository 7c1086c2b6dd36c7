"""The stubs of the tables' pages: written and removed with the descriptor; a person's own file is left alone."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.local  # the pages need Sphinx

GONE = "# An old table\n\n```{data-table} gone\n```\n"


def test_only_a_file_of_the_form_of_a_stub_is_removed(tmp_path, capsys):
    from regionalism.site.tables import stub_paths, write_stubs

    assert len(write_stubs(tmp_path)) == len(stub_paths(tmp_path))
    folder = tmp_path / "book" / "tables"
    folder.joinpath("gone.md").write_bytes(GONE.encode())
    folder.joinpath("windows.md").write_bytes(GONE.replace("gone", "windows").replace("\n", "\r\n").encode())
    own = {
        "notes.md": "# Gone\n",
        "other.md": GONE,  # the stub of another table
        "more.md": GONE.replace("gone", "more") + "A remark.\n",
        "empty.md": "",
    }
    for name, text in own.items():
        folder.joinpath(name).write_bytes(text.encode())
    assert write_stubs(tmp_path) == ["book/tables/gone.md", "book/tables/windows.md"]
    told = capsys.readouterr().err
    for name, text in own.items():
        assert folder.joinpath(name).read_bytes() == text.encode()
        assert f"book/tables/{name} is not the page of a table and was left alone" in told
    assert told.count("\n") == len(own)


def test_a_missing_or_changed_stub_is_written(tmp_path):
    from regionalism.site.tables import stub_paths, stub_text, write_stubs

    write_stubs(tmp_path)
    stub = stub_paths(tmp_path)["states"]
    stub.unlink()
    assert write_stubs(tmp_path) == ["book/tables/states.md"]
    stub.write_text(stub.read_text("utf-8").replace("# ", "# Old "), "utf-8")
    assert write_stubs(tmp_path) == ["book/tables/states.md"]
    assert stub.read_text("utf-8") == stub_text("states")
    assert write_stubs(tmp_path) == []
