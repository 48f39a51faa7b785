"""Random families for the pictures: people, couples, children, homes, with long names and odd ones."""

from hypothesis import strategies as st

from alongside.pictures.kin import SHAPES, Child, Couple, Household, Kin

NAMES = st.one_of(
    st.text(min_size=1, max_size=60),
    st.sampled_from(
        [
            "Mia",
            "Anne Hansen, born Vik",
            "W" * 40,
            "Ærfuglveien-Strandskjæret",
            "אבא",
            "祖母祖母祖母祖母祖母",
            "m m m m m m",
        ]
    ),
)


@st.composite
def families(draw, most: int = 18):
    """(people, couples, children, homes, index): anything, also what no real family is like."""
    ids = list(range(1, draw(st.integers(1, most)) + 1))
    one = st.sampled_from(ids)
    people = [
        Kin(n, draw(NAMES), draw(st.sampled_from(SHAPES)), f"{n}", draw(st.sampled_from(["", "9", "8 mths"])),
            draw(st.sampled_from(["", "born 1992", "about 1955 to about 1999"])), draw(st.booleans()))
        for n in ids
    ]  # fmt: skip
    pairs = draw(st.lists(st.tuples(one, one).filter(lambda p: p[0] != p[1]), max_size=10, unique_by=frozenset))
    ended, words = st.sampled_from(["", "apart", "divorced"]), st.sampled_from(["", "2016, divorced 2023", "x" * 50])
    couples = [Couple(a, b, draw(st.booleans()), draw(ended), draw(words)) for a, b in pairs]
    children = draw(
        st.lists(
            st.builds(
                Child,
                st.lists(one, max_size=2, unique=True).map(tuple),
                st.lists(one, min_size=1, max_size=4, unique=True).map(tuple),
                st.booleans(),
                st.booleans(),
            ),
            max_size=10,
        )
    )
    homes = draw(
        st.lists(st.builds(Household, NAMES, st.lists(one, min_size=1, max_size=5, unique=True).map(tuple)), max_size=4)
    )
    return people, couples, children, homes, draw(one)
