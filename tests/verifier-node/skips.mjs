// Events that nobody could read and an operator marked as skipped: each mark is a sealed event, known before the lists are judged.
import { JsonNumber } from './canonical.mjs';

const Type = 'processdeployment.event-skipped.v1';
const text = (map, name) => { const value = map.get(name); if (typeof value !== 'string') throw new TypeError(`no ${name}`); return value; };

/** The position that an event marks; null for any other event. */
export function markedBy(event) {
    const position = event.get('type') === Type && event.get('data') instanceof Map ? event.get('data').get('eventPosition') : null;
    return position instanceof JsonNumber && /^[1-9][0-9]{0,14}$/.test(position.text) ? Number(position.text) : null;
}

export class Skips {
    static file = 'skipped.jsonl';
    #of = new Map();
    #bad;
    #note;
    altered = [];
    #wrong = [];
    #said = [];

    constructor(lines, bad, note) {
        [this.#bad, this.#note] = [bad, note];
        lines.read(Skips.file, line => this.#learn(line));
    }

    #learn({ leaf, sealed, isAsSealed }) {
        if (!sealed) return this.#bad('the event that marks another as skipped is not the one that was sealed', leaf.position);
        const position = markedBy(leaf.event);
        if (position === null || position >= leaf.position) throw new TypeError('it marks nothing');
        const skip = { at: leaf.position, by: text(leaf.event, 'actor'), why: text(leaf.event.get('data'), 'reason') };
        if (!isAsSealed) this.altered.push({ leaf, sealed });
        if (!this.#of.has(position)) this.#of.set(position, skip);
    }

    /** The facts of an event as lists must show them: of one that was skipped nothing follows. */
    apply(facts, { first: from, period }) {
        const skip = this.#of.get(facts.position);
        if (skip) {
            if (period.has(facts.position)) this.#said.push(`position ${facts.position}: ${facts.type} could not be read and was passed over, marked by ${skip.by}, as position ${skip.at} says`);
            const name = { operations: 'Records', licences: 'Licences', environments: 'Environments', access: 'Access' }[facts.stream];
            return { ...facts, words: { before: `could not be read and was passed over, marked by ${skip.by}: ${skip.why}`, name }, kind: null, componentId: null, revision: null };
        }
        if (facts.broken && period.has(facts.position)) this.#wrong.push([facts.position, 'not of its type, and not marked as skipped']);
        if (facts.marks !== null && facts.marks >= from && facts.marks <= period.last && !this.#of.has(facts.marks)) this.#wrong.push([facts.marks, `skipped, as position ${facts.position} says, but not in ${Skips.file}`]);
        return facts;
    }

    end() {
        for (const [position, what] of this.#wrong) this.#bad(what, position);
        this.#said.forEach(this.#note);
    }
}
