// The period and the lists of an export, held against its events.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { JsonNumber, parse } from './canonical.mjs';
import { Marker } from './redactions.mjs';
import { decode, linesOf, recordsOf } from './texts.mjs';
import { History } from './words.mjs';

export const Lists = ['changes.csv', 'changes.jsonl', 'deployments.csv', 'exceptions.csv'];
export const Attempts = 'attempts.csv';
const Changes = ['position', 'time', 'actor', 'type', 'outcome', 'name', 'summary', 'reason', 'commandId', 'correlationId', 'channel', 'source', 'stream'];
const Deployments = ['position', 'time', 'deployedBy', 'processId', 'process', 'version', 'previousVersion', 'difference', 'note', 'reason', 'rollbackTo', 'digest', 'atoms',
    'result', 'reasonGiven', 'deployerIsNotReviser', 'revisers'];
const Exceptions = ['position', 'time', 'deployedBy', 'processId', 'process', 'version', 'rule', 'detail'];

const same = (left, right) => left.length === right.length && left.every((item, i) => item === right[i]);
const harmless = value => (/^[=+\-@\t\r]/.test(value ?? '') ? `'${value}` : value ?? '');
const positionIn = cell => (/^[1-9][0-9]{0,14}$/.test(cell ?? '') ? Number(cell) : null);

/** A time of UTC with six decimals, as events have it; null when the text is none. */
export function normalTime(value) {
    const time = /^([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.([0-9]{1,7}))?(?:Z|\+00:00)$/.exec(value);
    return time && !value.includes('\n') ? `${time[1]}.${(time[2] ?? '').padEnd(7, '0').slice(0, 6)}Z` : null;
}

export function periodOf(manifest) {
    if (!('periodFirst' in manifest)) return null;
    const time = name => {
        if ((manifest[name] ?? null) === null) return null;
        const normal = typeof manifest[name] === 'string' ? normalTime(manifest[name]) : null;
        if (!normal) throw new SyntaxError(`${name} is no time of UTC`);
        return normal;
    };
    const { periodFirst: first, periodLast: last, closed } = manifest;
    if (typeof first !== 'number' || typeof last !== 'number' || typeof closed !== 'boolean') throw new SyntaxError('the period has not the form it should have');
    return { from: time('from'), to: time('to'), first, last, closed, has: position => position >= first && position <= last };
}

const fits = ({ name, summary, words }, saidName, said) => typeof saidName === 'string' && typeof said === 'string' && (name === null || name === saidName)
    && (summary !== null ? summary === said : !words ? !said.startsWith('could not be read and was passed over') : (said.length >= words.before.length + (words.rest ?? '').length && said.startsWith(words.before) && said.endsWith(words.rest ?? '')));

/** A list whose rows are taken one after another; the first wrong one ends it. */
class Rows {
    bad = null;

    constructor(name, rows, positionOf, period) { Object.assign(this, { name, rows, positionOf, period }); }

    next() { const { value, done } = this.rows.next(); return done ? undefined : value; }

    blame(expected, row, what) {
        const found = row === undefined || row === null ? null : this.positionOf(row);
        if (expected === null) this.bad = { what: 'a row too many', position: found !== null && this.period.has(found) ? found : undefined };
        else this.bad = { what, position: found !== null && found < expected && this.period.has(found) ? found : expected };
    }

    header(names) {
        if (!same(this.next() ?? [], names)) this.bad = { what: 'not its header' };
    }

    ends() {
        if (this.bad) return;
        const row = this.next();
        if (row !== undefined) this.blame(null, row);
    }
}

export class ListsCheck {
    #before = '';
    #late = null;
    #open = [0, 0, 0];

    constructor(bundle, manifest, checkpoint, skips, bad, note) {
        this.period = periodOf(manifest);
        Object.assign(this, { manifest, checkpoint, skips, bad, note, history: new History(manifest.firstPosition === 1) });
        const has = name => existsSync(join(bundle, name));
        if (!this.period) {
            note('the manifest names no period: only the events are judged');
            for (const name of [...Lists, Attempts].filter(has)) bad(`${name} without a period`);
            return;
        }
        const missing = Lists.filter(name => !Object.hasOwn(manifest.files, name) || !has(name));
        for (const name of missing) bad(`${name} is missing`);
        if (missing.length > 0) return;
        const csv = name => new Rows(name, recordsOf(join(bundle, name)), cells => positionIn(cells[0]), this.period);
        this.changes = csv(Lists[0]);
        this.lines = new Rows(Lists[1], linesOf(join(bundle, Lists[1])), line => this.#object(line)?.position ?? null, this.period);
        this.deployments = csv(Lists[2]);
        this.exceptions = csv(Lists[3]);
        for (const [list, names] of [[this.changes, Changes], [this.deployments, Deployments], [this.exceptions, Exceptions]]) list.header(names);
        this.judges = true;
    }

    take(event) {
        const facts = this.skips.apply(event, { first: this.manifest.firstPosition, period: this.period });
        const why = this.#timing(facts);
        if (why && !this.#late) this.#late = { what: why, position: facts.position };
        this.#before = facts.time;
        const deployment = this.history.take(facts);
        if (!this.period.has(facts.position)) return;
        if (!facts.words) this.#open[0]++;
        else if (facts.name === null || facts.summary === null) this.#open[1]++;
        this.#change(facts);
        this.#line(facts);
        if (deployment) this.#deployment(deployment);
    }

    end() {
        this.skips.end();
        if (this.#late) this.bad(`period: ${this.#late.what}`, this.#late.position);
        const outer = this.#outer();
        if (outer) this.bad(`period: ${outer}`);
        this.changes.ends();
        this.lines.ends();
        this.deployments.ends();
        if (!this.deployments.bad) this.exceptions.ends();
        for (const { name, bad } of [this.changes, this.lines, this.deployments, this.exceptions]) if (bad) this.bad(`${name}: ${bad.what}`, bad.position);
        if (!this.period.closed) this.note('the period was not over, or not settled, when the checkpoint was made');
        if (this.#open[0]) this.note(`not judged in changes: name and summary of ${this.#open[0]} rows of unknown types`);
        if (this.#open[1]) this.note(`not judged in changes: names in ${this.#open[1]} rows that were given before the bundle begins`);
        if (this.#open[2]) this.note(`not judged in deployments.csv: difference or revisers of ${this.#open[2]} rows that go back before the bundle`);
    }

    #timing({ time, position }) {
        const { from, to, first } = this.period;
        if (normalTime(time) !== time) return 'no time';
        if (time < this.#before) return 'times go back';
        const [early, late] = [from !== null && time < from, to !== null && time >= to];
        if (this.period.has(position)) return early || late ? 'not in the period' : null;
        return (position < first ? early : late) ? null : 'it is in the period, and not shown as such';
    }

    #outer() {
        const [{ from, to, first, last, closed }, { firstPosition, lastPosition, size }] = [this.period, this.manifest];
        if (first < 1 || last < first - 1 || last > size) return 'positions do not fit';
        if ((from === null && first !== 1) || (to === null && last !== size)) return 'without a bound, but not with all events';
        if (firstPosition !== Math.max(1, first - 1) || lastPosition !== Math.min(size, last + 1)) return 'the events beside it are not shown';
        return closed && (to === null || this.checkpoint.time < to) ? 'it was not over' : null;
    }

    #change(facts) {
        if (this.changes.bad) return;
        const cells = this.changes.next();
        const wrong = !cells || cells.length !== Changes.length || Changes.find((name, i) => {
            if (name === 'name') return facts.name !== null && harmless(facts.name) !== cells[i];
            if (name === 'summary') return facts.summary !== null ? harmless(facts.summary) !== cells[i] : !fits(facts, facts.name ?? '', cells[i]);
            return harmless(name === 'position' ? String(facts.position) : facts[name]) !== cells[i];
        });
        if (wrong) this.changes.blame(facts.position, cells, `not what the event says: ${wrong === true ? 'no row' : wrong}`);
    }

    #line(facts) {
        if (this.lines.bad) return;
        const line = this.lines.next();
        const row = line === undefined ? null : this.#object(line)?.map;
        const expected = ['actor', 'type', 'outcome', 'reason', 'commandId', 'correlationId', 'causationId', 'channel', 'source', 'stream', 'componentId'].filter(name => facts[name] !== null);
        const right = row && row.get('position') instanceof JsonNumber && row.get('position').text === String(facts.position) && typeof row.get('time') === 'string' && normalTime(row.get('time')) === facts.time
            && fits(facts, row.get('name'), row.get('summary')) && expected.every(name => row.get(name) === facts[name]) && row.size === expected.length + 4;
        if (!right) this.lines.blame(facts.position, line, 'not what the event says');
    }

    #object(line) {
        try {
            const map = parse(decode(line));
            if (!(map instanceof Map)) return null;
            const position = map.get('position');
            return { map, position: position instanceof JsonNumber ? positionIn(position.text) : null };
        } catch {
            return null;
        }
    }

    #deployment({ facts, deployed, difference, revisers, other, reasonGiven }) {
        if (this.deployments.bad) return;
        const cells = this.deployments.next();
        const begin = [String(facts.position), facts.time, facts.actor, deployed.processId, deployed.manifest.find(entry => entry.id === deployed.processId)?.name ?? '', String(deployed.version)];
        const expected = [...begin, deployed.version > 1 ? String(deployed.version - 1) : '', difference, deployed.note ?? '', facts.reason ?? '', deployed.redeployOf ?? '', deployed.digest,
            [...deployed.atomIds].sort().join(' '), 'accepted', reasonGiven ? 'yes' : 'no', other, revisers?.join(' ') ?? null];
        const wrong = !cells || cells.length !== expected.length
            || Deployments.find((name, i) => expected[i] !== null && harmless(expected[i]) !== (name === 'atoms' ? cells[i].split(' ').sort().join(' ') : cells[i]))
            || (other === null && !agrees(cells[15], ` ${cells[16]} `, facts.actor) && 'deployerIsNotReviser');
        if (wrong) return this.deployments.blame(facts.position, cells, `not what follows from the events: ${wrong === true ? 'no row' : wrong}`);
        if (expected.includes(null)) this.#open[2]++;
        if (cells[15] === 'no') this.#exception(facts, begin, 'deployer-is-not-reviser', `${facts.actor} also made a revision that came in with it`);
        if (cells[15] === 'unknown') this.#exception(facts, begin, 'deployer-is-not-reviser', 'an actor was redacted: it cannot be told');
        if (!reasonGiven) this.#exception(facts, begin, 'reason-given', 'neither a note nor a reason');
    }

    #exception(facts, begin, rule, detail) {
        if (this.exceptions.bad) return;
        const cells = this.exceptions.next();
        if (!cells || !same(cells, [...begin.map(harmless), rule, harmless(detail)])) this.exceptions.blame(facts.position, cells, `does not say that ${rule} was broken`);
    }
}

/** Where revisions came before the bundle, the rule must at least follow from who is said to have made them. */
function agrees(cell, revisers, actor) {
    const named = revisers.includes(` ${actor} `) || revisers.includes(` ${harmless(actor)} `);
    const redacted = revisers.includes(` ${Marker} `) || (actor === Marker && revisers.trim() !== '');
    return cell === 'no' ? named && actor !== Marker : cell === 'unknown' ? redacted : cell === 'yes' && !redacted && (!named || actor.includes(' '));
}
