"""What can be asked of bulletins: their facts, their text, and where each figure comes from."""

from gongjian.flow.bulletins.queries.facts import BulletinFacts, bulletin_facts
from gongjian.flow.bulletins.queries.kept import (
    BulletinRow,
    bulletin_by_uid,
    bulletin_rows,
    count_bulletins,
)
from gongjian.flow.bulletins.queries.lineage import FigureFact, facts_as_json
from gongjian.flow.bulletins.queries.paper import bulletin_word
from gongjian.flow.bulletins.queries.pieces import Piece
from gongjian.flow.bulletins.queries.text import Block, WrittenBulletin, written_bulletin
from gongjian.flow.bulletins.queries.things import bulletin_sources

__all__ = [
    "Block",
    "BulletinFacts",
    "BulletinRow",
    "FigureFact",
    "Piece",
    "WrittenBulletin",
    "bulletin_by_uid",
    "bulletin_facts",
    "bulletin_rows",
    "bulletin_sources",
    "bulletin_word",
    "count_bulletins",
    "facts_as_json",
    "written_bulletin",
]
