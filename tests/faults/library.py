"""Faults of a library's books and reviews: what any resource can lose."""

from __future__ import annotations

from tests.faults.catalogue import Fault

RESOURCES = (
    "{book: {title: str(200), isbn: str(13)!, pages: int?, published: date?,"
    " genre: choice(novel|essay|poetry), price: 'decimal(6,2)=9.99', lent: bool=false},"
    " review: {book: ref(book), stars: int(1..5), text: text, seen: datetime?, owned: true}}"
)
BOOKS, REVIEWS = "app/books", "app/reviews"
BOOK_TABLE, REVIEW_TABLE = (
    "migrations/versions/0002_books.py",
    "migrations/versions/0003_reviews.py",
)

RULE = """\
        sa.CheckConstraint("stars BETWEEN 1 AND 5", name=op.f("ck_reviews_stars")),
"""


def fault(name: str, file: str, old: str, new: str) -> Fault:
    """Make a fault of one change."""
    return Fault(name, ((file, old, new),))


FAULTS = (
    # ------------------------------------------------------------ the tables
    Fault(
        "isbn not unique in the database",
        (
            (
                f"{BOOKS}/models.py",
                "mapped_column(String(ISBN_LENGTH), unique=True)",
                "mapped_column(String(ISBN_LENGTH), info={'unique': True})",
            ),
            (BOOK_TABLE, '        sa.UniqueConstraint("isbn", name=op.f("uq_books_isbn")),\n', ""),
            ("app/unique.py", "columns[name].unique", "(columns[name].info or None)"),
        ),
    ),
    Fault(
        "any number of stars in the database",
        (
            (
                f"{REVIEWS}/models.py",
                '    __table_args__ = (CheckConstraint("stars BETWEEN 1 AND 5", name="stars"),)\n',
                "",
            ),
            (
                REVIEW_TABLE,
                RULE,
                "",
            ),
        ),
    ),
    fault("a rule only in the model", REVIEW_TABLE, "BETWEEN 1 AND 5", "BETWEEN 1 AND 50"),
    Fault(
        "a title may be missing in the database",
        (
            (f"{BOOKS}/models.py", "title: Mapped[str]", "title: Mapped[str | None]"),
            (
                BOOK_TABLE,
                'sa.Column("title", sa.String(200), nullable=False)',
                'sa.Column("title", sa.String(200), nullable=True)',
            ),
        ),
    ),
    Fault(
        "reviews go with their book",
        (
            (f"{REVIEWS}/models.py", 'ondelete="RESTRICT"', 'ondelete="CASCADE"'),
            (REVIEW_TABLE, 'ondelete="RESTRICT"', 'ondelete="CASCADE"'),
        ),
    ),
    # ------------------------------------------------------------ what can be done
    fault(
        "a conflict names no field",
        "app/unique.py",
        'details[name] = [f"This {words} is taken already."]',
        'details[words] = [f"This {words} is taken already."][:0]',
    ),
    fault("one's own value is a conflict", f"{BOOKS}/service.py", "values, book.id):", "values):"),
    fault(
        "a race is an error of the server",
        "app/unique.py",
        "except IntegrityError as error",
        "except ValueError as error",
    ),
    fault(
        "references are not looked up",
        "app/references.py",
        "    if details:\n",
        "    if not values:\n",
    ),
    fault(
        "reviews of anybody may be changed",
        f"{REVIEWS}/service.py",
        "if review.owner_id != user.id:",
        "if not user:",
    ),
    fault("filters are ignored", f"{BOOKS}/service.py", ".filter_by(**filters)", ".filter_by()"),
    fault(
        "the order is ignored",
        f"{BOOKS}/service.py",
        "ordering(Book, sort)",
        "ordering(Book, NEWEST)",
    ),
    fault(
        "equals have no order",
        "app/pagination.py",
        "return [*order, column.desc(), columns.id.desc()]",
        "return [*order, column.desc(), columns.id]",
    ),
    fault(
        "what has no value comes first",
        "app/pagination.py",
        "[column.is_(None)]",
        "[column.is_not(None)]",
    ),
    fault(
        "deleting what is in use is an error of the server",
        f"{BOOKS}/service.py",
        "except IntegrityError as error",
        "except ValueError as error",
    ),
    # ------------------------------------------------------------ the API
    fault(
        "a blank title",
        f"{BOOKS}/schemas.py",
        "[not_blank, validate.Length(max=TITLE_LENGTH)]",
        "[validate.Length(max=TITLE_LENGTH)]",
    ),
    fault(
        "a title of any length",
        f"{BOOKS}/schemas.py",
        "[not_blank, validate.Length(max=TITLE_LENGTH)]",
        "[not_blank]",
    ),
    fault(
        "stars of any number",
        f"{REVIEWS}/schemas.py",
        "stars = fields.Integer(strict=True, required=True, validate=validate.Range(*STARS_RANGE))",
        "stars = fields.Integer(strict=True, required=True)",
    ),
    fault(
        "stars may be missing",
        f"{REVIEWS}/schemas.py",
        "stars = fields.Integer(strict=True, required=True, validate",
        "stars = fields.Integer(strict=True, load_default=1, validate",
    ),
    fault(
        "no value is refused",
        f"{BOOKS}/schemas.py",
        "published = fields.Date(load_default=None, allow_none=True)",
        "published = fields.Date()",
    ),
    fault(
        "a genre of one's own",
        f"{BOOKS}/schemas.py",
        "genre = fields.String(required=True, validate=validate.OneOf(GENRE_CHOICES))",
        "genre = fields.String(required=True, validate=not_blank)",
    ),
    fault("another default", f"{BOOKS}/schemas.py", 'Decimal("9.99")', 'Decimal("9.98")'),
    fault("unknown fields are taken", "app/api.py", "unknown = RAISE", 'unknown = "exclude"'),
    fault(
        "unknown filters are ignored",
        "app/api.py",
        "dict[str, str]] = {}",
        'dict[str, str]] = {"query": "exclude"}',
    ),
    fault("a change replaces", f"{BOOKS}/schemas.py", "partial=True", "partial=False"),
    fault(
        "a field is not given",
        f"{BOOKS}/schemas.py",
        "    lent = fields.Boolean(truthy={True}, falsy={False}, required=True)\n",
        "",
    ),
    fault(
        "more digits than kept",
        "app/decimals.py",
        "and value == round(value, scale)",
        "and value is not None",
    ),
    fault(
        "nothing is committed",
        f"{BOOKS}/api.py",
        "    service.update_book(db.session(), book, **body)\n    db.session().commit()\n",
        "    service.update_book(db.session(), book, **body)\n    db.session().flush()\n",
    ),
    # ------------------------------------------------------------ the pages
    fault(
        "a form forgets a field", f"{BOOKS}/forms.py", '            "pages": self.pages.data,\n', ""
    ),
    fault(
        "a form takes any stars",
        f"{REVIEWS}/forms.py",
        "[InputRequired(), NumberRange(*STARS_RANGE)]",
        "[InputRequired()]",
    ),
    fault(
        "a form takes any digits",
        f"{BOOKS}/forms.py",
        "[InputRequired(), Digits(*PRICE_DIGITS)]",
        "[InputRequired()]",
    ),
    fault(
        "a form takes no text",
        f"{REVIEWS}/forms.py",
        "[DataRequired(), Length(max=TEXT_LENGTH)]",
        "[Length(max=TEXT_LENGTH)]",
    ),
    fault(
        "a moment of another day",
        f"{REVIEWS}/forms.py",
        "moment.replace(tzinfo=UTC)",
        "moment.replace(tzinfo=UTC, day=1)",
    ),
    fault(
        "a conflict is not shown",
        f"{BOOKS}/pages.py",
        "        form[name].errors = errors\n",
        "        str(errors)\n",
    ),
    fault("an empty edit form", f"{BOOKS}/pages.py", "BookForm(obj=book)", "BookForm()"),
    fault(
        "a page without a fact", "app/templates/books/show.html", "{{ book.isbn }}", "{{ book.id }}"
    ),
    fault(
        "markup in a text",
        "app/templates/reviews/show.html",
        "{{ review.text }}",
        "{{ review.text | safe }}",
    ),
)
