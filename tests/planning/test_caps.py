"""A post's cap is its part of the whole one, in whole families, whatever binary fractions say."""

from familyflow.planning.team import cap_of


def test_a_part_of_the_cap_is_what_whole_numbers_make_of_it() -> None:
    for hundredths in range(1, 121):
        for cap in range(1, 31):
            found = cap_of({"service.team.caseload_cap": float(cap)}, hundredths / 100)

            assert found == max(1, hundredths * cap // 100), (hundredths, cap)
