// RFC 9162, section 2.1.
import { createHash } from 'node:crypto';

export const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
export const leafHash = bytes => sha256(Buffer.of(0), bytes);
const node = (left, right) => sha256(Buffer.of(1), left, right);

/** Where so many leaves are parted: the largest power of two below. */
function split(size) {
    let k = 1;
    while (2 * k < size) k *= 2;
    return k;
}

/** The root over so many leaves, found by asking for parts: `part(begin, end)` gives the root over a range or null to have it parted. */
export function root(size, part, begin = 0, end = size) {
    if (size === 0) return sha256('');
    const known = part(begin, end);
    if (known) return known;
    const middle = begin + split(end - begin);
    return node(root(size, part, begin, middle), root(size, part, middle, end));
}

/** The root that leaves of a range and the largest subtrees outside it make; null when they do not fit. */
export function rangeRoot(first, last, size, leaves, nodes) {
    let used = 0;
    const found = root(size, (begin, end) => {
        if (end <= first - 1 || begin >= last) return nodes[used++] ?? Buffer.alloc(0);
        return end - begin === 1 ? leaves[begin - first + 1] ?? Buffer.alloc(0) : null;
    });
    return used === nodes.length && leaves.length === last - first + 1 ? found : null;
}

/** The root of the first `size` leaves, where a range proof shows it: its left nodes are those of every tree that ends in the range. */
export function earlierRoot(first, last, size, leaves, nodes) {
    if (size < first - 1 || size > last || size === 0) return null;
    let used = 0;
    return root(size, (begin, end) => {
        if (end <= first - 1 && ((end - begin) & (end - begin - 1)) === 0) return nodes[used++];
        return begin >= first - 1 && end - begin === 1 ? leaves[begin - first + 1] : null;
    });
}

/** 2.1.3.2: the root that a leaf and the siblings on its way lead to. */
export function inclusionRoot(leaf, index, size, path) {
    if (index >= size) return null;
    let used = 0;
    const climb = (begin, end) => {
        if (end - begin === 1) return leaf;
        const middle = begin + split(end - begin);
        // The lowest sibling comes first, so the way down is gone before one is taken.
        if (index < middle) { const left = climb(begin, middle); return node(left, path[used++] ?? Buffer.alloc(0)); }
        const right = climb(middle, end);
        return node(path[used++] ?? Buffer.alloc(0), right);
    };
    const found = climb(0, size);
    return used === path.length ? found : null;
}

/** 2.1.4: both roots are made of the same subtrees. */
export function isConsistent(from, fromRoot, to, toRoot, path) {
    if (from < 1 || from > to) return false;
    if (from === to) return path.length === 0 && fromRoot.equals(toRoot);
    let used = 0;
    const take = () => path[used++] ?? Buffer.alloc(0);
    // Gives the root over [begin, end) and, where it reaches into it, that over [begin, from).
    const walk = (begin, end, whole) => {
        if (end === from) { const all = whole ? fromRoot : take(); return [all, all]; }
        const middle = begin + split(end - begin);
        if (from <= middle) { const [all, early] = walk(begin, middle, whole); return [node(all, take()), early]; }
        const [all, early] = walk(middle, end, false);
        const left = take();
        return [node(left, all), node(left, early)];
    };
    const [all, early] = walk(0, to, true);
    return used === path.length && all.equals(toRoot) && early.equals(fromRoot);
}
