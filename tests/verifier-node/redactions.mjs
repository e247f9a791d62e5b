// Personal data that the owner took out of events after they were sealed: what excuses such an event is a later one, sealed
// itself, that names its sealed leaf, what it became, and the members that hold the marker since.
import { JsonNumber } from './canonical.mjs';

const Type = 'processdeployment.personal-data-redacted.v1';
export const Marker = '[redacted]';
const number = value => value instanceof JsonNumber && /^[0-9]+$/.test(value.text) ? Number(value.text) : 0;

/** What a member of an event says; null when there is no such text. */
function textOf(event, member) {
    const path = member === 'actor' ? ['actor'] : member === 'reason' ? ['headers', 'reason'] : ['data', ...member.split('.')];
    let here = event;
    for (const part of path) {
        if (here instanceof Map) here = here.get(part);
        else if (Array.isArray(here) && /^[0-9]+$/.test(part)) here = here[Number(part)];
        else return null;
    }
    return typeof here === 'string' ? here : null;
}

export class Redactions {
    static file = 'redactions.jsonl';
    #of = new Map();

    /** An event that is proved to be the sealed one. */
    learn({ event, position: at }) {
        const data = event.get('data');
        if (event.get('type') !== Type || !(data instanceof Map)) return;
        const [position, members] = [number(data.get('eventPosition')), data.get('fields')];
        if (at <= position || !Array.isArray(members) || members.length === 0 || members.some(member => typeof member !== 'string')) return;
        if (!this.#of.has(position)) this.#of.set(position, []);
        this.#of.get(position).push({ at, members, actor: event.get('actor'), leafHash: data.get('leafHash'), becomes: data.get('becomes') });
    }

    /** Those behind the exported events, each with its own way to the root. */
    learnBehind(lines) {
        lines.read(Redactions.file, ({ leaf, isAsSealed }) => {
            if (isAsSealed) this.learn(leaf);
            else lines.bad('the event that tells of a redaction is not the one that was sealed', leaf.position);
        });
    }

    /** What is wrong with an event that is not the sealed one; null when redactions account for it. */
    refuse({ event, position, hash }, sealed) {
        const redactions = (this.#of.get(position) ?? []).sort((a, b) => a.at - b.at);
        if (redactions.length === 0) return 'not the event that was sealed';
        if (redactions.at(-1).becomes !== hash.toString('hex') || redactions.some(({ leafHash }) => leafHash !== sealed?.toString('hex'))) return 'neither the event that was sealed nor what a redaction made of it';
        const shown = redactions.flatMap(({ members }) => members).find(member => textOf(event, member) !== Marker);
        if (shown) return `${shown} was redacted, but does not say ${Marker}`;
        for (const { at, members, actor } of redactions) console.log(`  redacted position ${position}: ${members.join(', ')}, by ${actor}, as position ${at} says`);
        return null;
    }
}
