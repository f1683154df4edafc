# SPDX-License-Identifier: Apache-2.0
"""The network: words of the goal and elements attend to each other; elements are pointed at, words are copied.

About 0.25 million parameters. Knows nothing of training.
"""

from typing import NamedTuple

import torch
from torch import Tensor, nn

from handiwork.ports.policy_model import KEYS, VERBS

_WIDTH, _HEADS, _LAYERS, _WORD, _POINTER = 88, 4, 3, 48, 32
_CHARACTERS, _LONGEST_WORD, _LONGEST_GOAL = 128, 32, 64
_FAR = -1e9


class Batch(NamedTuple):
    """Padded scenes. Masks are true where there is something."""

    elements: Tensor
    names: Tensor
    goal: Tensor
    words: Tensor
    has_element: Tensor
    has_word: Tensor


class Heads(NamedTuple):
    """Logits: element B x N, verb B x N x V, key B x N x K, first and last B x N x W."""

    element: Tensor
    verb: Tensor
    key: Tensor
    first: Tensor
    last: Tensor


class _Words(nn.Module):
    """Characters in their places to one vector a word; words without characters give zero."""

    def __init__(self) -> None:
        super().__init__()
        self.character = nn.Embedding(_CHARACTERS, _WORD)
        self.place = nn.Embedding(_LONGEST_WORD, _WORD)
        self.bind = nn.Linear(_WORD, _WORD)

    def forward(self, codes: Tensor) -> Tensor:
        places = torch.arange(codes.shape[-1])
        bound = torch.relu(self.bind(self.character(codes) + self.place(places)))
        there = (codes > 0).unsqueeze(-1)
        total: Tensor = (bound * there).sum(-2) / there.sum(-2).clamp(min=1)
        return total


class Network(nn.Module):
    """`element_features` and `word_features` are the widths of Scene.elements and Scene.goal."""

    def __init__(self, element_features: int, word_features: int) -> None:
        super().__init__()
        self.spell = _Words()
        self.element_in = nn.Linear(element_features + _WORD, _WIDTH)
        self.word_in = nn.Linear(word_features + _WORD, _WIDTH)
        self.order = nn.Embedding(_LONGEST_GOAL, _WIDTH)
        layer = nn.TransformerEncoderLayer(
            _WIDTH, _HEADS, 2 * _WIDTH, dropout=0.1, batch_first=True, norm_first=True, activation="gelu"
        )
        self.attend = nn.TransformerEncoder(layer, _LAYERS, nn.LayerNorm(_WIDTH), enable_nested_tensor=False)
        self.element_out = nn.Linear(_WIDTH, 1)
        self.verb_out = nn.Linear(_WIDTH, len(VERBS))
        self.key_out = nn.Linear(_WIDTH, len(KEYS))
        self.ask = nn.Linear(_WIDTH, 2 * _POINTER)
        self.offer = nn.Linear(_WIDTH, 2 * _POINTER)

    def forward(self, batch: Batch, names_kept: Tensor, words_kept: Tensor) -> Heads:
        """`names_kept` (B x N) and `words_kept` (B x W) switch the spelling of single names and words off."""
        names = self.spell(batch.names)
        spelled = (batch.names > 0).any(-1, keepdim=True)
        name = (names * spelled).sum(-2) / spelled.sum(-2).clamp(min=1)
        elements = self.element_in(torch.cat([batch.elements, name * names_kept.unsqueeze(-1)], -1))
        word = self.spell(batch.words) * words_kept.unsqueeze(-1)
        goal = self.word_in(torch.cat([batch.goal, word], -1)) + self.order(torch.arange(batch.goal.shape[1]))
        there = torch.cat([batch.has_word, batch.has_element], 1)
        mixed = self.attend(torch.cat([goal, elements], 1), src_key_padding_mask=~there)
        return self._heads(mixed[:, : goal.shape[1]], mixed[:, goal.shape[1] :], batch)

    def _heads(self, words: Tensor, elements: Tensor, batch: Batch) -> Heads:
        asked, offered = self.ask(elements).chunk(2, -1), self.offer(words).chunk(2, -1)
        gone = ~batch.has_word.unsqueeze(1)
        first, last = (
            (question @ answer.transpose(1, 2) / _POINTER**0.5).masked_fill(gone, _FAR)
            for question, answer in zip(asked, offered, strict=True)
        )
        element = self.element_out(elements).squeeze(-1).masked_fill(~batch.has_element, _FAR)
        return Heads(element, self.verb_out(elements), self.key_out(elements), first, last)
