"""`make same-pages` tells what a page lost; one that only looks otherwise is the same."""

from scripts.same_pages.parts import differences

PAGE = """
<main><h1>Person</h1>
  <p>Holds <a href="/assets/7/">100007</a>, since May.</p>
  <form method="post" action="/people/3/edit/">
    <input type="hidden" name="csrfmiddlewaretoken" value="aaa">
    <label for="id_name">Name</label>
    <input id="id_name" name="name" required aria-describedby="id_name_help">
    <small id="id_name_help">As on the roster.</small>
    <button class="btn">Save</button>
  </form>
</main>
"""


def changed(old: str, new: str) -> list[str]:
    assert old in PAGE
    return differences(PAGE, PAGE.replace(old, new))


def test_a_page_that_only_looks_otherwise_is_the_same() -> None:
    assert differences(PAGE, PAGE) == []
    assert changed("aaa", "bbb") == []
    assert changed('class="btn"', 'class="btn btn-primary"') == []
    assert changed("<main><h1>", '<main>\n\n<h1 class="page-title">') == []
    assert changed("</small>\n    <button", "</small><button") == []


def test_a_changed_word_is_told() -> None:
    assert changed("since May", "until May") == [
        "text: 'Person Holds 100007, since May. Name As' is now "
        "'Person Holds 100007, until May. Name As'"
    ]


def test_a_space_that_came_before_a_comma_is_told() -> None:
    (told,) = changed("</a>,", "</a>\n,")
    assert "100007 , since" in told


def test_a_lost_link_is_told() -> None:
    assert changed('<a href="/assets/7/">100007</a>', "100007") == [
        "links: lost 100007 -> /assets/7/"
    ]
    assert changed("/assets/7/", "/assets/8/") == [
        "links: lost 100007 -> /assets/7/",
        "links: came 100007 -> /assets/8/",
    ]


def test_a_lost_field_and_what_pointed_at_it_are_told() -> None:
    field = '<input id="id_name" name="name" required aria-describedby="id_name_help">'
    was = "input aria-describedby='id_name_help' name='name' required='' label='Name'"
    told = changed(field, "")
    assert f"fields: lost {was}" in told
    assert "ids pointed at: came for=id_name (no such id)" in told
    assert changed(" required", "") == [
        f"fields: lost {was}",
        "fields: came " + was.replace(" required=''", ""),
    ]


def test_a_lost_heading_role_or_hook_is_told() -> None:
    assert changed("<h1>Person</h1>", "<p>Person</p>") == ["headings: lost h1 Person"]
    assert changed("<main>", "<main role='search' data-scan-page>") != []
    assert changed('action="/people/3/edit/"', 'action="/people/4/edit/"') != []
