"""A second verifier of bundles, written from the description of the format and from RFC 6962, not from the first one.

    python3 verify_bundle.py BUNDLE [--key FILE] [--checkpoint FILE ...]

It needs Python 3.9 and the package `cryptography`. It recomputes no figures. It prints one JSON object.
"""

import argparse
import base64
import datetime
import hashlib
import json
import sys

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
except ImportError:
    sys.exit("MISSING: the Python package cryptography (pip install cryptography, or apt-get install python3-cryptography)")


def leaf_hash(body):
    return hashlib.sha256(b"\x00" + body).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """Roots of the complete subtrees of what was added, each with its number of leaves."""

    def __init__(self, size=0, parts=()):
        self.size, self.parts = size, list(parts)

    def add(self, leaf):
        self.size += 1
        self.parts.append((1, leaf))
        while len(self.parts) > 1 and self.parts[-1][0] == self.parts[-2][0]:
            count, right = self.parts.pop()
            _, left = self.parts.pop()
            self.parts.append((2 * count, node_hash(left, right)))

    def root(self):
        if not self.parts:
            return hashlib.sha256(b"").digest()
        root = self.parts[-1][1]
        for _, left in reversed(self.parts[:-1]):
            root = node_hash(left, root)
        return root


def read_key(text):
    name, key_id, coded = text.strip().split("+", 2)
    data = base64.b64decode(coded, validate=True)
    if data[0] != 1 or hashlib.sha256(name.encode() + b"\n" + data).hexdigest()[:8] != key_id:
        raise ValueError("no key")
    return name, key_id, Ed25519PublicKey.from_public_bytes(data[1:])


class Checkpoint:
    def __init__(self, note, held):
        self.text, signatures = note[: note.rindex("\n\n") + 1], note[note.rindex("\n\n") + 2 :]
        self.origin, size, root, *extensions = self.text.split("\n")[:-1]
        self.size, self.root, self.held = int(size), base64.b64decode(root, validate=True), held
        (self.time,) = [line[5:] for line in extensions if line.startswith("time ")]
        moment(self.time)
        self.signatures = []
        for line in signatures.rstrip("\n").split("\n"):
            dash, name, coded = line.split(" ")
            data = base64.b64decode(coded, validate=True)
            if dash != "\u2014" or len(self.root) != 32:
                raise ValueError("no checkpoint")
            self.signatures.append((name, data[:4].hex(), data[4:]))

    def signed_by(self, keys):
        """Whether one of the keys signed; None where a signature that says it is by one of them is not."""
        good = False
        for name, key_id, public in keys:
            for signer, signer_id, signature in self.signatures:
                if (signer, signer_id) == (name, key_id):
                    try:
                        public.verify(signature, self.text.encode())
                        good = True
                    except InvalidSignature:
                        return None
        return good


def moment(text):
    return datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ")


def is_canonical(body, read):
    """RFC 8785, of what events may hold: no fractions, and members in the order of their UTF-16 units."""

    def ordered(value):
        if isinstance(value, dict):
            return {key: ordered(value[key]) for key in sorted(value, key=lambda key: key.encode("utf-16-be"))}
        return [ordered(one) for one in value] if isinstance(value, list) else value

    return json.dumps(ordered(read), ensure_ascii=False, separators=(",", ":")).encode() == body


class Verifier:
    def __init__(self, header, notes, trusted, held):
        self.codes, self.places, self.canonical, self.changes = set(), [], True, []
        self.trusted = trusted
        named = []
        for text in header["keys"]:
            try:
                named.append(read_key(text))
            except (ValueError, IndexError):
                self.found("BUNDLE_DAMAGED")
        self.checkpoints = []
        for note, is_held in [(note, False) for note in notes] + [(note, True) for note in held]:
            try:
                checkpoint = Checkpoint(note, is_held)
                signed = checkpoint.signed_by(trusted + named)
                if checkpoint.origin != header["origin"] or signed is None or not (signed or is_held):
                    raise ValueError("not signed")
                self.checkpoints.append(checkpoint)
            except (ValueError, IndexError):
                self.found("CHECKPOINT_ALTERED")
        self.checkpoints.sort(key=lambda one: (one.size, one.time))
        self.tolerance = datetime.timedelta(milliseconds=header["toleranceMs"])
        self.tree, self.listed, self.difference = Tree(), None, None
        self.roots, self.listed_roots, self.latest = {}, {}, None
        self.sizes = {one.size for one in self.checkpoints}

    def found(self, code, place=None):
        self.codes.add(code)
        if place is not None:
            self.places.append(place)

    def event(self, body, listed):
        place, leaf = self.tree.size, leaf_hash(body)
        self.compare(place, leaf, listed)
        self.tree.add(leaf)
        if self.tree.size in self.sizes:
            self.roots[self.tree.size] = self.tree.root()
        try:
            read = json.loads(body.decode())
            self.time(place, moment(read["recordedAt"]))
            self.canonical = self.canonical and is_canonical(body, read)
            if read["type"] == "SealingKeyChanged" and read["stream"] == "ledger":
                self.changes.append((place + 1, read["data"]["key"]))
        except (ValueError, KeyError, TypeError):
            self.found("EVENT_ALTERED", place)

    def compare(self, place, leaf, listed):
        if listed is None:
            return
        if self.difference is None and leaf != listed:
            self.difference, self.listed = place, Tree(self.tree.size, self.tree.parts)
        if self.listed is not None:
            self.listed.add(listed)
            if self.listed.size in self.sizes:
                self.listed_roots[self.listed.size] = self.listed.root()

    def time(self, place, recorded):
        before = [one for one in self.checkpoints if one.size <= place][-1:]
        after = [one for one in self.checkpoints if one.size > place][:1]
        if (
            any(recorded < moment(one.time) - self.tolerance for one in before)
            or any(recorded > moment(one.time) + self.tolerance for one in after)
            or (self.latest is not None and recorded < self.latest - self.tolerance)
        ):
            self.found("BACK_DATED", place)
        self.latest = recorded if self.latest is None else max(self.latest, recorded)

    def end(self):
        events = self.tree.size
        good = [one for one in self.checkpoints if self.roots.get(one.size) == one.root]
        bad = [one for one in self.checkpoints if self.roots.get(one.size) != one.root]
        if not bad and self.difference is not None:
            self.found("BUNDLE_DAMAGED", self.difference)
        unlike = [one for one in bad if one.size <= events]
        if not unlike and bad and self.difference is not None and self.difference < events:
            unlike = bad
        if unlike:
            one = unlike[0]
            if self.difference is not None and self.listed_roots.get(one.size) == one.root:
                self.found("EVENT_ALTERED", self.difference)
            else:
                fits = [other.size for other in good if other.size < one.size and (other.held or not one.held)]
                self.found("FORKED" if one.held else "EVENT_ALTERED", max(fits, default=0))
        if any(one.size > events for one in bad):
            self.found("LOG_CUT_SHORT", events)
        if not self.trusted:
            return good[-1].size if good else 0, False
        trusted, sealed = list(self.trusted), None
        for one in good:
            if one.signed_by(trusted):
                sealed = one.size
                trusted += [read_key(text) for under, text in self.changes if under <= one.size]
        own = [one for one in good if not one.held]
        if own and not own[-1].signed_by(trusted):
            self.found("WRONG_KEY")
        return sealed or 0, sealed is not None


def hashes_in(line, missing):
    """The hashes of the next 256 leaves, or of as many as are missing; None where a line is not exactly that."""
    try:
        coded = json.loads(line)
        run = base64.b64decode(coded, validate=True)
    except (ValueError, TypeError):
        return None
    # Two texts of the same bytes would be two forms of one proof.
    if len(run) != 32 * min(256, missing) or base64.b64encode(run).decode() != coded:
        return None
    return [run[at : at + 32] for at in range(0, len(run), 32)]


def verify(data, trusted, held):
    lines = data.split(b"\n")
    whole = lines.pop() == b""
    header = json.loads(lines[0])
    first = 1 + header["checkpoints"] + header["figures"]
    notes = [json.loads(line) for line in lines[1 : 1 + header["checkpoints"]]]
    bodies, hashes, ended = [], [], False
    damaged = [] if whole else [None]
    for line in lines[first:]:
        if line.startswith(b"{"):
            bodies.append(line)
            continue
        run = None if ended else hashes_in(line, header["hashes"] - len(hashes))
        if run is None:
            damaged.append(len(bodies))
            # Behind a line of hashes that cannot be read nobody knows whose the next ones are.
            ended = ended or line.startswith(b'"')
        else:
            hashes += run
    verifier = Verifier(header, notes, trusted, held)
    for place in damaged:
        verifier.found("BUNDLE_DAMAGED", place)
    if len(hashes) != header["hashes"] or len(lines) < first:
        verifier.found("BUNDLE_DAMAGED")
    for place, body in enumerate(bodies):
        verifier.event(body, hashes[place] if place < len(hashes) else None)
    for place in range(len(bodies), len(hashes)):
        verifier.compare(place, None, hashes[place])
    if len(bodies) != header["events"]:
        code = "LOG_CUT_SHORT" if len(bodies) < header["events"] else "BUNDLE_DAMAGED"
        verifier.found(code, min(len(bodies), header["events"]))
    sealed, proved = verifier.end()
    outcome = "failed" if verifier.codes else "verified" if proved else "consistent"
    return {
        "outcome": outcome,
        "sealed": sealed,
        "events": len(bodies),
        "root": verifier.tree.root().hex(),
        "firstBadIndex": min(verifier.places, default=None),
        "codes": sorted(verifier.codes),
        "canonical": verifier.canonical,
    }


def main():
    options = argparse.ArgumentParser()
    options.add_argument("bundle", nargs="+")
    options.add_argument("--key", action="append", default=[])
    options.add_argument("--checkpoint", action="append", default=[])
    given = options.parse_args()
    keys = [read_key(open(file, encoding="utf-8").read()) for file in given.key]
    held = [open(file, encoding="utf-8", newline="").read() for file in given.checkpoint]
    for file in given.bundle:
        print(json.dumps(verify(open(file, "rb").read(), keys, held)))


if __name__ == "__main__":
    main()
