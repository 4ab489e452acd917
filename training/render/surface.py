"""The drawn surface: one Catmull-Clark level over the posed mesh, as matrices built once.

Subdividing is linear in the vertices, so a pose costs two sparse products and no topology.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from training.render.body_template import PARTS, BodyTemplate, Part

FloatArray = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Surface:
    """Topology of everything that is drawn.

    Attributes:
        subdivide: sparse float32 (M, N), template vertices → drawn vertices.
        quads: int32 (Q, 4), rows of the drawn vertices.
        quads_at_vertex: sparse float32 (M, Q), sums quad normals at each drawn vertex.
        part: uint8 (M,), index into `PARTS`.
    """

    subdivide: sparse.csr_array
    quads: NDArray[np.int32]
    quads_at_vertex: sparse.csr_array
    part: NDArray[np.uint8]

    def triangles(self, part: Part) -> NDArray[np.int32]:
        """int32 (T, 3) of one part."""
        quads = self.quads[self.part[self.quads[:, 0]] == PARTS.index(part)]
        return np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])

    def normals(self, points: FloatArray) -> FloatArray:
        """Unit normals (M, 3) of drawn vertices (M, 3), weighted by the area around."""
        corners = points[self.quads]
        across = np.cross(corners[:, 2] - corners[:, 0], corners[:, 3] - corners[:, 1])
        summed = self.quads_at_vertex @ across
        length = np.linalg.norm(summed, axis=1, keepdims=True)
        normals: FloatArray = (summed / np.maximum(length, 1e-12)).astype(np.float32)
        return normals


ARM_X = 1.4
"""Decimetres to the left of the spine from which on the surface is subdivided: the arm that makes
the gestures. The seam lies under the shirt. Elsewhere finer triangles would be smaller than a
pixel, which costs a software renderer most of its time and shows nothing."""


def build_surface(template: BodyTemplate) -> Surface:
    """The drawn surface of all parts: the left arm and the hair subdivided, the rest as it is."""
    rules: list[sparse.csr_array] = []
    quads, part_of = [], []
    count = len(template.vertices)
    for number, part in enumerate(PARTS):
        all_quads = template.quads[part]
        fine = (template.vertices[all_quads, 0] > ARM_X).all(axis=1)
        fine &= part is Part.SKIN
        fine |= part is Part.HAIR
        for rule, drawn in (
            catmull_clark(all_quads[fine], count),
            _as_it_is(all_quads[~fine], count),
        ):
            quads.append(drawn + sum(r.shape[0] for r in rules))
            rules.append(rule)
            part_of.append(np.full(rule.shape[0], number, np.uint8))
    stacked = np.concatenate(quads).astype(np.int32)
    total = sum(r.shape[0] for r in rules)
    columns = np.repeat(np.arange(len(stacked)), 4)
    around = _incidence(stacked.reshape(-1), columns, (total, len(stacked)), 1.0)
    subdivide = sparse.csr_array(sparse.vstack(rules))
    return Surface(subdivide, stacked, around, np.concatenate(part_of))


def _as_it_is(quads: NDArray[np.int32], count: int) -> tuple[sparse.csr_array, NDArray[np.int32]]:
    used = np.unique(quads)
    rule = _incidence(np.arange(len(used)), used, (len(used), count), 1.0)
    return rule, np.searchsorted(used, quads).astype(np.int32)


def catmull_clark(
    quads: NDArray[np.int32], count: int
) -> tuple[sparse.csr_array, NDArray[np.int32]]:
    """One level of Catmull-Clark (Catmull & Clark 1978) on quads (F, 4) over ``count`` vertices.

    Returns:
        The sparse float32 rule (M, ``count``) and the finer quads (4F, 4). New vertices come in
        the order: used vertices, edges, faces. Open borders follow the cubic B-spline rule.
    """
    used = np.unique(quads)
    v, f = len(used), len(quads)
    compact = np.searchsorted(used, quads)
    ends = np.sort(np.stack([compact, np.roll(compact, -1, axis=1)], axis=2), axis=2)
    edges, edge_of = np.unique(ends.reshape(-1, 2), axis=0, return_inverse=True)
    edge_of = edge_of.reshape(f, 4)
    e = len(edges)

    face_rule = _incidence(np.repeat(np.arange(f), 4), compact.reshape(-1), (f, v), 0.25)
    mid_rule = _incidence(np.repeat(np.arange(e), 2), edges.reshape(-1), (e, v), 0.5)
    faces_at_edge = _incidence(edge_of.reshape(-1), np.repeat(np.arange(f), 4), (e, f), 1.0)
    border = np.asarray(faces_at_edge.sum(axis=1)).reshape(-1) < 2

    inner = _scale((~border).astype(np.float32))
    edge_rule = mid_rule - inner @ mid_rule * 0.5 + inner @ (faces_at_edge @ face_rule) * 0.25
    vertex_rule = _vertex_rule(compact, edges, border, face_rule, mid_rule)

    rule = sparse.csr_array(sparse.vstack([vertex_rule, edge_rule, face_rule]))
    to_all = _incidence(np.arange(v), used, (v, count), 1.0)
    before = np.roll(edge_of, 1, axis=1)
    centre = np.repeat(np.arange(f)[:, None], 4, axis=1) + v + e
    finer = np.stack([compact, edge_of + v, centre, before + v], axis=2).reshape(-1, 4)
    return sparse.csr_array(rule @ to_all), finer.astype(np.int32)


def _vertex_rule(
    quads: NDArray[np.int64],
    edges: NDArray[np.int64],
    border: NDArray[np.bool_],
    face_rule: sparse.csr_array,
    mid_rule: sparse.csr_array,
) -> sparse.csr_array:
    f, v = face_rule.shape
    faces_at = _incidence(quads.reshape(-1), np.repeat(np.arange(f), 4), (v, f), 1.0)
    edges_at = _incidence(
        edges.reshape(-1), np.repeat(np.arange(len(edges)), 2), (v, len(edges)), 1.0
    )
    valence = np.asarray(faces_at.sum(axis=1)).reshape(-1)
    on_border = (edges_at @ border.astype(np.float32)) > 0
    n = np.maximum(valence, 1).astype(np.float32)
    inside = _scale(np.where(on_border, 0, 1 / n**2).astype(np.float32))
    keep = _scale(np.where(on_border, 0.5, (n - 3) / n).astype(np.float32))
    outer = _scale(np.where(on_border, 0.25, 0).astype(np.float32))
    along_border = edges_at @ _scale(border.astype(np.float32)) @ mid_rule
    smooth = inside @ (faces_at @ face_rule) + inside @ (edges_at @ mid_rule) * 2
    return sparse.csr_array(smooth + keep + outer @ along_border)


def _incidence(
    rows: NDArray[np.integer], columns: NDArray[np.integer], shape: tuple[int, int], value: float
) -> sparse.csr_array:
    data = np.full(len(rows), value, np.float32)
    return sparse.csr_array((data, (rows, columns)), shape=shape)


def _scale(values: NDArray[np.float32]) -> sparse.csr_array:
    return sparse.csr_array(sparse.diags_array(values))
