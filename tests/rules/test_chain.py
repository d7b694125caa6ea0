from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.rules.proof import chain
from engine.rules.proof.chain import (
    GENESIS,
    LARGEST_INTEGER,
    NotCanonical,
    body,
    canonical,
    digest_words,
    link,
    moment,
    parse,
    stamp,
    stamp_or_none,
)

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
KEYS = st.text(st.characters(max_codepoint=127, exclude_characters="\0"))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(1 - LARGEST_INTEGER, LARGEST_INTEGER - 1) | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner), max_leaves=20,
)
MOMENTS = st.datetimes(timezones=st.timedeltas(timedelta(hours=-23), timedelta(hours=23)).map(timezone), allow_imaginary=False).filter(
    lambda at: datetime.min + timedelta(days=2) < at.replace(tzinfo=None) < datetime.max - timedelta(days=2)  # noqa: DTZ901
)
EVENT: dict[str, Any] = {
    "ticket": 7, "seq": 2, "at": datetime(2026, 3, 2, 4, tzinfo=UTC), "actor": "office", "role": "supervisor", "unit": None,
    "via": 'cli:"o\\n"', "kind": "did", "from_state": "found", "to_state": "assigned", "data": '{"trigger":"assign"}',
}


@given(VALUES)
def test_canonical_text_reads_back_as_the_value(value: Any) -> None:
    assert json.loads(canonical(value)) == value


@given(VALUES)
def test_canonical_text_is_what_any_other_program_would_write(value: Any) -> None:
    assert canonical(value) == json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def test_every_character_is_written_as_any_other_program_would() -> None:
    text = "".join(map(chr, (*range(1, 0xD800), *range(0xE000, 0x10FFFF, 7))))
    assert canonical(text) == json.dumps(text, ensure_ascii=False)


@given(VALUES)
def test_there_is_one_canonical_text(value: Any) -> None:
    assert canonical(json.loads(canonical(value))) == canonical(value)


@given(VALUES)
def test_the_order_of_keys_is_not_the_order_of_writing(value: Any) -> None:
    assert canonical(backwards(value)) == canonical(value)


def backwards(value: Any) -> Any:
    """The value with every mapping in it written from its end."""
    if isinstance(value, dict):
        return {key: backwards(inner) for key, inner in reversed(value.items())}
    return [backwards(inner) for inner in value] if isinstance(value, list) else value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": [1, True, None], "a": "整改"}, '{"a":"整改","b":[1,true,null]}'),
        ({"text": 'a"\\\n\t\x01/\u2028'}, '{"text":"a\\"\\\\\\n\\t\\u0001/\u2028"}'),
        (("a", ()), '["a",[]]'),
        (LARGEST_INTEGER - 1, "9007199254740991"),
        ("\\u0000", '"\\\\u0000"'),
    ],
)
def test_canonical_text_is_that_of_rfc_8785(value: object, text: str) -> None:
    assert canonical(value) == text


@pytest.mark.parametrize(
    "value",
    [
        0.5, LARGEST_INTEGER, -LARGEST_INTEGER, "\0", "改\0", "\\\0", "\ud800", ["\ud800"], {"a": "改\ud800"}, {"键": 1}, {1: 1},
        {"a\0": 1}, [float("nan")], {"a": {"b": {1}}}, b"", datetime(2026, 3, 2, tzinfo=UTC), float("inf"),
    ],
)
def test_what_has_no_canonical_text_is_refused(value: object) -> None:
    with pytest.raises(NotCanonical):
        canonical(value)


@pytest.mark.parametrize(("value", "said"), [
    ("\ud800", "text with a lone surrogate"), ("\0", "text with U+0000"), ({"键": 1}, "a key that is not ASCII text: '键'"),
    ({"a\0": 1}, "a key that is not ASCII text: 'a\\x00'"), ([2**53], "an integer beyond 2**53: 9007199254740992"),
    ({"a": 1.5}, "a float has no canonical form"), ({None: 1}, "a key that is not ASCII text: None"),
])
def test_what_has_no_canonical_text_is_told_why(value: object, said: str) -> None:
    with pytest.raises(NotCanonical) as told:
        canonical(value)
    assert str(told.value) == said


def test_no_moment_has_no_stamp() -> None:
    at = datetime(2026, 3, 2, 4, tzinfo=UTC)
    assert (stamp_or_none(at), stamp_or_none(None)) == (stamp(at), None)


@given(MOMENTS)
def test_a_stamp_reads_back_as_the_moment(at: datetime) -> None:
    assert moment(stamp(at)) == at
    assert len(stamp(at)) == 27


@given(MOMENTS, MOMENTS)
def test_the_order_of_stamps_is_the_order_of_moments(one: datetime, other: datetime) -> None:
    assert (stamp(one) < stamp(other)) == (one < other)


def test_a_stamp_is_utc_to_the_microsecond() -> None:
    assert stamp(datetime(2026, 3, 2, 12, 0, tzinfo=timezone(timedelta(hours=8)))) == "2026-03-02T04:00:00.000000Z"


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(NotCanonical):
        stamp(datetime(2026, 3, 2))  # noqa: DTZ001


def test_the_body_is_canonical_json_of_exactly_its_keys() -> None:
    text = body(**EVENT)
    told = json.loads(text)
    assert canonical(told) == text
    assert told == {
        "v": 1, "ticket": 7, "seq": 2, "at": "2026-03-02T04:00:00.000000Z", "actor": "office", "role": "supervisor", "unit": None,
        "via": 'cli:"o\\n"', "kind": "did", "from": "found", "to": "assigned", "data": {"trigger": "assign"},
    }


@given(st.fixed_dictionaries(dict.fromkeys(("actor", "role", "via", "kind"), TEXT)), TEXT | st.none(), VALUES)
def test_every_body_is_canonical_json(words: dict[str, str], unit: str | None, data: Any) -> None:
    text = body(**{**EVENT, **words, "unit": unit, "data": canonical(data)})
    assert canonical(json.loads(text)) == text


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ticket", 8), ("seq", 3), ("at", datetime(2026, 3, 2, 4, 0, 0, 1, tzinfo=UTC)), ("actor", "Office"), ("role", "head"),
        ("unit", "FGW"), ("via", "web"), ("kind", "amended"), ("from_state", None), ("to_state", None), ("data", "{}"),
    ],
)
def test_no_part_of_an_event_changes_without_changing_its_hash(name: str, value: object) -> None:
    assert link(GENESIS, body(**{**EVENT, name: value})) != link(GENESIS, body(**EVENT))


def test_a_link_is_sha256_over_the_previous_hash_and_the_body() -> None:
    first = link(GENESIS, "{}")
    assert first == hashlib.sha256(bytes(32) + b"{}").digest()
    assert link(first, "整改") == hashlib.sha256(first + "整改".encode()).digest()


def test_words_are_digested_with_their_salt() -> None:
    words = {"title": "办事指南不一致"}
    assert digest_words(words, "salt") == hashlib.sha256('salt{"title":"办事指南不一致"}'.encode()).hexdigest()
    assert digest_words(words, "salt") != digest_words(words, "grain")
    assert digest_words(words, "salt") != digest_words({"title": "办事指南一致"}, "salt")


@given(st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abcz_", min_size=1), inner, max_size=3), max_leaves=8,
))
def test_a_canonical_text_is_read_back_and_spelled_alike(value: Any) -> None:
    assert parse(canonical(value)) == value


@pytest.mark.parametrize("text", [
    '{"b":1,"a":2}', '{ "a":1}', "1.0", "1e3", "9007199254740992", "-9007199254740992", "NaN", '"\\u0000"', '"\\u00e9"',
    '{"a":1,"a":1}', "-0", '{"é":1}',
])
def test_any_other_text_is_not_canonical(text: str) -> None:
    with pytest.raises(NotCanonical):
        parse(text)


def test_a_canonical_text_is_read_as_its_value() -> None:
    assert parse('{"a":[1,null,"x"]}') == {"a": [1, None, "x"]}


def test_other_spellings_of_a_value_are_told_as_such() -> None:
    with pytest.raises(NotCanonical) as told:
        parse('{"b":1,"a":2}')
    assert str(told.value) == "the text is not canonical"


def test_a_key_is_checked_however_many_were_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chain, "CACHE_SIZE", 0)
    assert canonical({"never_seen_before": 1}) == '{"never_seen_before":1}'
    with pytest.raises(NotCanonical):
        canonical({"never_seen_before": 1, "键": 2})


@pytest.mark.parametrize("text", ['{"text":{"note":"提醒"},"salt":"a"}', '{"b":2,"b":3}', "[1e400, NaN]", "123456789012345678901234567890"])
def test_a_text_that_need_not_be_canonical_is_read_as_json_reads_it(text: str) -> None:
    assert repr(chain.loaded(text)) == repr(json.loads(text))


@pytest.mark.parametrize("text", ["{", "", "[" * 100_000])
def test_what_is_no_json_is_not_read(text: str) -> None:
    with pytest.raises((ValueError, RecursionError)):
        chain.loaded(text)
