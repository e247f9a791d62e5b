// Files of events that count wherever they lie, {"event", "leafHash", "path"} a line: each brings its own way to the root.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from './canonical.mjs';
import { inclusionRoot } from './merkle.mjs';
import { decode, hex, linesOf } from './texts.mjs';

const Members = new Set(['event', 'leafHash', 'path']);

export class SealedLines {
    constructor(bundle, manifest, head, leafOf, bad) { Object.assign(this, { bundle, manifest, head, leafOf, bad }); }

    /** Hands on the lines of a file, where the manifest names it; one that cannot be read, or be taken, is told. */
    read(file, take) {
        if (!Object.hasOwn(this.manifest.files, file) || !existsSync(join(this.bundle, file))) return;
        for (const line of linesOf(join(this.bundle, file))) {
            try { take(this.#of(line)); } catch (e) { this.bad(`a line of ${file} is no sealed event: ${e.message}`); }
        }
    }

    /** The event, and the leaf that its path proves to be sealed for its position; null where that leads elsewhere. */
    #of(line) {
        const said = parse(decode(line));
        for (const name of said.keys()) if (!Members.has(name)) throw new SyntaxError(`unknown member ${name}`);
        const leaf = this.leafOf(said.raw.get('event'), this.manifest.accountId);
        const sealed = hex(said.get('leafHash'));
        const proven = inclusionRoot(sealed, leaf.position - 1, this.head.size, said.get('path').map(hex))?.equals(this.head.root);
        return { leaf, sealed: proven ? sealed : null, isAsSealed: !!proven && sealed.equals(leaf.hash) };
    }
}
