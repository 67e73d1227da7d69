"""Every dependency earns its place in words."""

from scripts.docs_dependencies import build_dependencies_page, declared, described


def test_every_dependency_is_defended_and_nothing_else_is():
    """What it is for, its licence, and what we would do without it."""
    said = described()
    assert {group: sorted(names) for group, names in declared().items()} == {
        group: sorted(said[group]) for group in said
    }
    assert all(
        set(about) == {"for", "licence", "without"} and all(about.values())
        for group in said.values()
        for about in group.values()
    )


def test_the_page_names_the_locked_version_of_each():
    """A row a piece, none without a version."""
    page = build_dependencies_page()
    for names in declared().values():
        for name in names:
            row = next(line for line in page.splitlines() if line.startswith(f"| {name} |"))
            assert row.split("|")[2].strip()[0].isdigit(), row
