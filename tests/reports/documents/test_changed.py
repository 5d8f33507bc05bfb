"""What was changed by hand is said in the words of the number, not by its key."""

from familyflow.reports.documents.kept import Kept
from familyflow.reports.documents.sentences import changed


def kept(by_hand, files=None):
    rows = [
        {"key": "appraisal.term_years", "label": "Length of the funding term", "unit": "years"},
        {"key": "appraisal.price_year", "label": "Price year of results", "unit": "text"},
        {"key": "unit_costs.pay", "label": "Salary", "unit": "GBP per year"},
    ]
    results = {"set_by_hand": by_hand, "changed_by_files": files or {}, "repriced_from": None}
    return Kept(results, {}, "", {"assumptions": rows})


def test_a_choice_is_called_by_its_label_with_its_unit():
    told = changed(kept({"appraisal.term_years": "3", "appraisal.price_year": "2024/25"}))

    assert told == [
        "Changed by hand: length of the funding term 3 years; price year of results 2024/25."
    ]


def test_what_a_file_changed_is_called_by_its_label():
    assert changed(kept({}, {"own.yaml": ["unit_costs.pay"]})) == ["Changed by own.yaml: salary."]


def test_a_number_of_which_no_row_is_kept_has_its_key():
    assert changed(kept({"a.b": "1"})) == ["Changed by hand: a.b 1."]
