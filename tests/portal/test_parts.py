"""Icons, chips, progress lines, page numbers and the markup of forms."""

import re

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from portal import icons
from portal.templatetags import aula


def _render(source: str, **context: object) -> str:
    request = RequestFactory().get("/en/list/?q=x&page=3")
    template = engines["django"].from_string("{% load aula %}" + source)
    with translation.override("en"):
        return template.render(context, request)


class ReportForm(forms.Form):
    court = forms.CharField(label="Court", help_text="As on the official list")
    role = forms.ChoiceField(
        label="Role", choices=[("j", "Judge"), ("p", "Prosecutor")], widget=forms.RadioSelect
    )
    note = forms.CharField(label="Note", required=False)
    agreed = forms.BooleanField(label="Agreed")
    token = forms.CharField(widget=forms.HiddenInput)

    def clean(self) -> None:
        raise forms.ValidationError("The report is closed.")


@pytest.mark.parametrize("name", sorted(icons.SHAPES))
def test_every_icon_is_hidden_from_assistive_technology_and_mirrors_only_if_it_points(
    name: str,
) -> None:
    drawn = icons.draw(name)
    assert 'aria-hidden="true"' in drawn
    assert "style=" not in drawn
    assert ("i--dir" in drawn) is (name in {"next", "previous"})


def test_an_unknown_icon_is_an_error_not_a_gap() -> None:
    with pytest.raises(KeyError):
        aula.icon("unicorn")


@pytest.mark.parametrize("kind", ["ok", "bad", "warn", "info", "part", "none"])
def test_a_chip_has_an_icon_and_an_escaped_word(kind: str) -> None:
    drawn = aula.chip(kind, "Passed <b>")
    assert "<svg" in drawn
    assert "Passed &lt;b&gt;" in drawn


def test_progress_is_named_and_never_leaves_its_line() -> None:
    assert 'value="6" max="6" aria-label="Module"' in aula.progress(9, 6, "Module")
    assert 'value="0" max="1"' in aula.progress(0, 0, "Module")
    assert "11 of 42 lessons done" in aula.progress(11, 42, "Course", "11 of 42 lessons done")


def test_a_fragment_in_another_language_says_so_and_one_in_the_pages_does_not() -> None:
    page = _render('<p {% langattrs "ar" %}></p><p {% langattrs "en" %}></p>')
    assert page == '<p lang="ar" dir="rtl"></p><p ></p>'


def test_a_field_has_label_hint_error_and_control_in_this_order() -> None:
    page = _render("{{ form }}", form=ReportForm({"token": "t"}))
    places = [
        page.index(part)
        for part in (
            '<label for="id_court">',
            'id="id_court_helptext"',
            'id="id_court_error"',
            '<input type="text" name="court"',
        )
    ]
    assert places == sorted(places)
    control = re.search(r'<input type="text" name="court"[^>]*>', page)
    assert control
    assert 'aria-describedby="id_court_helptext id_court_error"' in control[0]
    assert 'aria-invalid="true"' in control[0]


def test_the_summary_of_problems_comes_first_and_leads_to_each_field() -> None:
    page = _render("{{ form }}", form=ReportForm({"token": "t"}))
    assert page.index("data-problems") < page.index("<label")
    for target in ("id_court", "id_role_0", "id_agreed"):
        assert f'href="#{target}"' in page
        assert f'id="{target}"' in page
    assert "Court: This field is required." in page
    assert "The report is closed." in page


def test_a_fresh_form_shows_no_problems_and_marks_what_is_optional() -> None:
    page = _render("{{ form }}", form=ReportForm())
    assert "data-problems" not in page
    assert page.count("(optional)") == 1
    assert '<input type="hidden" name="token"' in page
    assert "<fieldset" in page
    assert '<legend class="legend">Role' in page


def test_the_title_of_a_refused_form_begins_with_the_problem() -> None:
    with translation.override("en"):
        assert aula.problem_prefix(ReportForm({})) == "Problem: "
        assert aula.problem_prefix(ReportForm(), None) == ""


@pytest.mark.parametrize(
    ("at", "shown"),
    [(1, [1, 2, 0, 20]), (2, [1, 2, 3, 0, 20]), (7, [1, 0, 6, 7, 8, 0, 20]), (20, [1, 0, 19, 20])],
)
def test_page_numbers_show_the_ends_and_the_neighbours(at: int, shown: list[int]) -> None:
    assert aula.page_numbers(Paginator(range(500), 25).page(at)) == shown


def test_pages_and_sorting_keep_the_rest_of_the_query() -> None:
    page_obj = Paginator(range(500), 25).page(3)
    page = _render('{% include "components/pagination.html" with label="x" %}', page_obj=page_obj)
    assert 'href="?q=x&amp;page=4"' in page
    assert "51 to 75 of 500" in page
    heading = '{% include "components/sort_heading.html" with key="name" words="Name" sort="name" %}'
    drawn = _render(heading)
    assert 'aria-sort="ascending"' in drawn
    assert 'href="?q=x&amp;sort=-name"' in drawn
