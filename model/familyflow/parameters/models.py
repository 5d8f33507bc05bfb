"""The shape of an entry in a parameter file, as pydantic models: names, kinds and descriptions.

Values arrive as they stand in the file (see yaml_tree) and are checked by the functions named
here; the same models give the JSON Schema that editors use.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from familyflow.parameters import conversions, numerals
from familyflow.parameters.dates import SUNSET
from familyflow.parameters.nearest import listed
from familyflow.parameters.yaml_tree import Items, Scalar, Section, Wrong, kind_of

PRICE_YEAR = r"^[0-9]{4}/[0-9]{2}$"
MOST_YEARS = 50  # as a term: today's numbers say nothing of a later time
MOST_UNITS = 1_000_000  # a year has half a million minutes


_ANY_SETTING = {"type": ["number", "string", "array"]}
_SHAPE = {"type": "object", "additionalProperties": _ANY_SETTING}
_SETTINGS = {
    "type": "object",
    "minProperties": 1,
    "maxProperties": 1,
    "additionalProperties": _SHAPE,
}
_DISTRIBUTION = {"anyOf": [{"const": "by_grade"}, _SETTINGS]}
_VARIES = {
    "type": "object",
    "required": ["by"],
    "minProperties": 2,
    "maxProperties": 2,
    "properties": {"by": {"type": "string"}},
    "additionalProperties": _SHAPE,
}

Text = Annotated[str, BeforeValidator(numerals.text)]
Texts = Annotated[
    list[str],
    BeforeValidator(conversions.texts),
    WithJsonSchema({"type": "array", "items": {"type": "string"}}),
]
Number = Annotated[float, BeforeValidator(conversions.number)]
Whole = Annotated[int, BeforeValidator(conversions.whole)]
YesOrNo = Annotated[bool, BeforeValidator(numerals.yes_or_no)]
Shares = Annotated[dict[str, float], BeforeValidator(conversions.shares)]
Prices = Annotated[
    dict[str, float],
    BeforeValidator(conversions.prices),
    WithJsonSchema(
        {
            "type": "object",
            "minProperties": 1,
            "propertyNames": {"pattern": PRICE_YEAR},
            "additionalProperties": {"type": "number", "exclusiveMinimum": 0},
        }
    ),
]
Date = Annotated[Text, Field(json_schema_extra={"type": ["integer", "string"], "pattern": SUNSET})]
ShareOrKey = Annotated[float | str, BeforeValidator(conversions.share_or_key)]
ShareKeyOrRest = Annotated[
    float | str | dict[str, str],
    BeforeValidator(conversions.share_key_or_rest),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": ["number", "string"]},
                {
                    "type": "object",
                    "required": ["rest_of"],
                    "additionalProperties": False,
                    "properties": {"rest_of": {"type": "string"}},
                },
            ]
        }
    ),
]
KeyOrKeys = Annotated[str | dict[str, str], BeforeValidator(conversions.key_or_keys)]
OneValue = Annotated[Any, WithJsonSchema({"type": ["number", "string", "boolean"]})]
Table = Annotated[Any, WithJsonSchema({"type": ["object", "array"]})]
Distributed = Annotated[Any, WithJsonSchema(_DISTRIBUTION)]
Varying = Annotated[Any, WithJsonSchema(_VARIES)]
Grade = Annotated[Literal["A", "B", "C", "D", "E"], BeforeValidator(numerals.text)]
Status = Annotated[
    Literal["verified", "derived", "recalled", "assumed"], BeforeValidator(numerals.text)
]
Role = Annotated[Literal["decision", "belief"], BeforeValidator(numerals.text)]
Kind = Annotated[Literal["fiscal", "economic", "social"], BeforeValidator(numerals.text)]
Counterfactual = Annotated[
    Literal["comparator_arm", "percentage_point", "proportional", "before_after"],
    BeforeValidator(numerals.text),
]
Behaves = Annotated[
    Literal["fixed", "per_post", "per_family", "per_session", "per_child", "per_group"],
    BeforeValidator(numerals.text),
]
CostType = Annotated[Literal["revenue", "capital", "in_kind"], BeforeValidator(numerals.text)]
Evidence = Annotated[Literal["comparison_group", "weaker"], BeforeValidator(numerals.text)]
Fading = Annotated[Literal["geometric", "linear"], BeforeValidator(numerals.text)]
Release = Annotated[Literal["whole"], BeforeValidator(numerals.text)]


class Model(BaseModel):
    """Strict: nothing is converted, nothing extra is let through."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class SourceModel(Model):
    """Where a number was read: the publication, and the place in it."""

    title: Text = Field(description="The publication, with its author or publisher.")
    where: Text = Field(description="The page, table or words in it.")
    year: Text = Field(
        description="The year it appeared.", json_schema_extra={"type": ["integer", "string"]}
    )
    author: Text | None = Field(None, description="Who wrote it.")
    publisher: Text | None = Field(None, description="Who published it.")
    url: Text | None = Field(None, description="Where it can be read.")


Source = Annotated[SourceModel, BeforeValidator(conversions.fields)]


class StepModel(Model):
    """Savings that come only in whole steps, such as one home closed."""

    units_per_year: Number = Field(
        description="Units of the quantity in one step.", gt=0, le=MOST_UNITS
    )
    release: Release = Field(description="whole: a step is released or it is not.")


class CashableModel(Model):
    """How much of a saving could really be taken out of a budget, and when."""

    share: ShareOrKey = Field(description="Share of the saving, or the key of a share.")
    lag_years: Whole = Field(
        0, description="Whole years until the money can be released.", ge=0, le=MOST_YEARS
    )
    step: Annotated[StepModel | None, BeforeValidator(conversions.optional_section)] = Field(
        None, description="Whole steps only, or nothing."
    )


class ChainModel(Model):
    """How a saving that is not simulated is worked out; each share is of the link before it."""

    prevalence: ShareOrKey = Field(description="Share of the quantity with the need, or its key.")
    engagement: ShareOrKey = Field(description="Share of those who take part, or its key.")
    retained: ShareOrKey = Field(description="Share of those who stay to the end, or its key.")
    impact: ShareOrKey = Field(description="Share of those who achieve the outcome, or its key.")
    deadweight: ShareOrKey = Field(
        description="Who would have anyway: of achievers (proportional) or of all who take part "
        "(percentage_point), as `counterfactual` says."
    )
    rate_without: ShareOrKey | None = Field(
        None,
        description="Share of all who take part who would have achieved it anyway, where it is "
        "known: a check on deadweight, not used in the sum.",
    )
    attribution: ShareOrKey = Field(1.0, description="Share due to the service, or its key.")
    unit: Text = Field("years", description="What one outcome counts for each year: years, times.")
    units_each: Number = Field(
        1.0, description="Such units for one outcome in a year.", ge=0, le=MOST_UNITS
    )
    lag_years: Whole = Field(
        description="Whole years until the first is saved.", ge=0, le=MOST_YEARS
    )
    saving_years: Whole = Field(description="For how many years it is saved.", ge=1, le=MOST_YEARS)
    drop_off: Number = Field(description="Share lost each year, from the second on.", ge=0, le=1)
    fading: Fading = Field("geometric", description="geometric or linear.")


def _links(value: Any) -> Any:
    """The links of a chain; what a chain needs is said where there is none at all."""
    if isinstance(value, Section) and value.entries:
        return dict(value.entries)
    if isinstance(value, (Scalar, Items, Section)):
        found = kind_of(value) if not isinstance(value, Section) else "an empty section"
        if isinstance(value, Scalar) and value.blank:
            found = "nothing"
        needs = [name for name, info in ChainModel.model_fields.items() if info.is_required()]
        raise Wrong(f"a chain is due here, not {found}", f"A chain needs {listed(needs)}.")
    return value


class ProvenanceModel(Model):
    """What every entry says about itself."""

    label: Text = Field(description="What the number is, in a few words.")
    source: Source | None = Field(None, description="Where it was read.")
    grade: Grade | None = Field(None, description="Strength of the evidence, A (best) to E.")
    status: Status | None = Field(None, description="verified, derived, recalled or assumed.")
    note: Text | None = Field(
        None, description="What a reader should know; the reason, when assumed."
    )


class NumberModel(ProvenanceModel):
    """One number, text or table of the model."""

    unit: Text = Field(description="For example weeks, share, GBP per family, text, table.")
    value: OneValue | None = Field(None, description="The number or text itself.")
    table: Table | None = Field(None, description="Rows, or names with their numbers.")
    varies: Varying | None = Field(None, description="How it differs between families, posts ...")
    distribution: Distributed | None = Field(
        None, description="What we do not know about one number."
    )
    role: Role = Field(
        "belief", description="decision: chosen by a commissioner. belief: evidence."
    )
    price_year: Annotated[Text, Field(json_schema_extra={"pattern": PRICE_YEAR})] | None = Field(
        None, description="The financial year of the prices, like 2016/17. Needed for money."
    )
    kind: Kind | None = Field(None, description="fiscal, economic or social value.")
    falls_on: Shares | None = Field(
        None, description="Who pays or saves: agencies, shares sum to 1."
    )
    code: Text | None = Field(
        None, description="The code of a unit cost in its database; A+B is the sum of two."
    )
    per_code: Number | None = Field(
        None, description="The value is this many times the database's figure (else once).", gt=0
    )
    transfer: YesOrNo | None = Field(
        None, description="yes: a benefit payment or tax, never part of public value."
    )
    composed_of: Texts | None = Field(
        None, description="Keys of the unit costs that this one is the sum of."
    )
    dated: Prices | None = Field(
        None, description="The published price of several years, each in prices of its own year."
    )
    sums_to: Number | None = Field(None, description="What the numbers of the table sum to.")
    sunset: Date | None = Field(
        None, description="When the number should be looked at again: 2027, 2027-03, 2027-03-31."
    )
    options: Texts | None = Field(None, description="The texts allowed.")
    columns: Texts | None = Field(
        None, description="The columns rows may have, or the names a table must have; else any."
    )
    lowest: Number | None = Field(None, description="The least value that makes sense.")
    highest: Number | None = Field(None, description="The greatest value that makes sense.")


class ChangeModel(Model):
    """A change to a number by a scenario or a parameter file: only what is given changes."""

    value: OneValue | None = Field(
        None, description="The new number; alone, it is no longer drawn."
    )
    table: Table | None = Field(None, description="The new table, whole.")
    varies: Varying | None = Field(None, description="How it differs between families, posts ...")
    distribution: Distributed | None = Field(None, description="What we do not know about it.")
    because: Text | None = Field(None, description="Why. Needed under `assume`.")
    source: Source | None = Field(None, description="Where the new number was read.")
    grade: Grade | None = Field(None, description="Strength of the evidence, A (best) to E.")
    status: Status | None = Field(None, description="verified, derived, recalled or assumed.")
    note: Text | None = Field(None, description="What a reader should know.")
    price_year: Text | None = Field(None, description="The price year of the new number.")
    falls_on: Shares | None = Field(None, description="Who pays or saves; shares sum to 1.")
    dated: Prices | None = Field(None, description="The new number's price in several years.")
    sunset: Date | None = Field(None, description="When it should be looked at again.")
    code: Text | None = Field(None, description="The code of a unit cost in its database.")


class LineModel(ProvenanceModel):
    """A line of the account, a cost or a benefit: a simulated quantity times a unit cost.

    With `chain` the quantity is a population (families started, say) and the outcome is not
    simulated but worked out from it.
    """

    quantity: Text = Field(description="The quantity of the simulation that is priced.")
    unit_cost: KeyOrKeys = Field(description="Key of the unit cost; or a key for each scope.")
    share: ShareKeyOrRest | None = Field(
        None,
        description="Share of the quantity that counts, its key, or {rest_of: KEY}: what that "
        "share leaves.",
    )
    counterfactual: Counterfactual | None = Field(
        None, description="What the saving is measured against."
    )
    cashable: Annotated[CashableModel, BeforeValidator(conversions.fields)] | None = Field(
        None, description="How much could be taken out of a budget, and when."
    )
    discount: Text | None = Field(None, description="The discount schedule, like gb_standard.")
    double_count_group: Text | None = Field(
        None, description="Lines that must not both count a person."
    )
    disjoint: YesOrNo | None = Field(
        None, description="yes: no person-year of the group is in two of its lines."
    )
    chain: Annotated[ChainModel, BeforeValidator(_links)] | None = Field(
        None, description="Need, engagement, impact, deadweight, lag and drop-off."
    )
    evidence: Evidence | None = Field(None, description="comparison_group, or weaker.")
    behaves: Behaves | None = Field(None, description="What the cost grows with.")
    type: CostType | None = Field(None, description="revenue, capital or in_kind.")
    heading: Text | None = Field(None, description="The heading in the funder's budget form.")
