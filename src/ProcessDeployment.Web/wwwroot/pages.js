// What a page does by itself, without the server: colours, notes that are being typed, arrows in the list, and coming back.
(() => {
    let before = null;
    const kept = (key) => `kept-${key}`;

    window.pd = {
        theme(name) {
            document.cookie = `theme=${name}; path=/; max-age=31536000; samesite=lax`;
            document.documentElement.dataset.theme = name;
        },
        // Whether somebody signed in again elsewhere; the engine tells only pages of its own.
        async session() {
            const answer = await fetch('/session', { cache: 'no-store' });
            return answer.status === 200 ? await answer.text() : null;
        },
        kept: (key) => sessionStorage.getItem(kept(key)),
        narrow(address) {
            const query = new URL(address, location.origin).searchParams;
            const moment = new URLSearchParams(location.search).get('asOf');
            if (moment) query.set('asOf', moment);
            Blazor.navigateTo(`${location.pathname}${query.size ? '?' : ''}${query}`, { replaceHistoryEntry: true });
        },
        // Where the focus was before a dialog took it.
        remember() {
            before = document.activeElement;
        },
        comeBack() {
            // While the dialog is still there it holds the focus.
            if (document.querySelector('.mud-dialog')) requestAnimationFrame(window.pd.comeBack);
            else before?.focus();
        },
        forget: (key) => sessionStorage.removeItem(kept(key)),
        // Fields of times speak in the zone of the reader, the server in UTC.
        utc(local) {
            const time = new Date(local);
            return Number.isNaN(time.valueOf()) ? null : time.toISOString();
        },
        local(utc) {
            const time = new Date(utc);
            return new Date(time - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
        },
    };

    // Not every browser tells the server which colours its reader prefers; then once, from here, for this session.
    if (!document.cookie.includes('theme=') && document.documentElement.dataset.theme === 'light' && matchMedia('(prefers-color-scheme: dark)').matches) {
        document.cookie = 'theme=dark; path=/; samesite=lax';
        if (document.cookie.includes('theme=')) location.reload();
    }

    document.addEventListener('click', async (event) => {
        const button = event.target.closest?.('button[data-copies]');
        const source = button && document.getElementById(button.dataset.copies);
        if (!source) return;
        getSelection().selectAllChildren(source);
        try {
            await navigator.clipboard.writeText(source.textContent);
            button.textContent = 'Copied';
        } catch {
            button.textContent = 'Selected: copy it with the keyboard';
        }
    });
    // The router would go to the content and leave the focus behind.
    document.addEventListener('click', (event) => event.target.closest?.('.pd-skip') && document.getElementById('content').focus());

    document.addEventListener('input', (event) => {
        const key = event.target.dataset?.keep;
        if (key) sessionStorage.setItem(kept(key), event.target.value);
    });

    // The list is one stop of the tabulator; arrows move in it, however many rows there are. So do they from the field above it.
    const rowsOf = (list) => [...list.querySelectorAll('a.pd-row')];
    const go = (row) => {
        row?.focus({ preventScroll: true });
        row?.scrollIntoView({ block: 'nearest' });
    };
    const toEnd = (list, end) => {
        list.scrollTop = end ? list.scrollHeight : 0;
        // The rows there may have to come first: until one is at that end, but not for ever.
        const edge = list.getBoundingClientRect();
        const isThere = (row) => row && (end ? row.getBoundingClientRect().bottom >= edge.bottom - 1 || list.scrollHeight <= list.clientHeight : row.getBoundingClientRect().top >= edge.top - 1);
        const look = (frames) => {
            const row = rowsOf(list).at(end ? -1 : 0);
            if (frames === 0 || (!list.querySelector('.pd-waiting') && isThere(row))) go(row);
            else requestAnimationFrame(() => look(frames - 1));
        };
        requestAnimationFrame(() => look(120));
    };

    document.addEventListener('keydown', (event) => {
        if (event.altKey || event.ctrlKey || event.metaKey) return;
        const search = event.target.closest?.('.pd-list-side input[type=search]');
        const list = search ? search.closest('.pd-list-side').querySelector('.pd-list') : event.target.closest?.('.pd-list');
        if (!list) return;
        const rows = rowsOf(list);
        const at = rows.indexOf(document.activeElement);
        const current = rows.findIndex((row) => row.getAttribute('aria-current'));
        const first = () => Math.max(0, current >= 0 ? current : rows.findIndex((row) => row.getBoundingClientRect().bottom > list.getBoundingClientRect().top + 1));
        const act = {
            ArrowDown: () => go(rows[at >= 0 ? at + 1 : search ? 0 : first()]),
            ArrowUp: search ? null : () => go(rows[at >= 0 ? at - 1 : first()]),
            Home: search ? null : () => toEnd(list, false),
            End: search ? null : () => toEnd(list, true),
            Enter: search && rows.length === 1 ? () => rows[0].click() : null,
        }[event.key];
        if (!act) return;
        event.preventDefault();
        act();
    });

    // Menus stand below their buttons, or above them where there is no room, and go when what is below them moves.
    let opened = null;
    const buttonOf = (menu) => document.querySelector(`[popovertarget="${menu.id}"]`);
    document.addEventListener('beforetoggle', (event) => {
        const menu = event.target;
        if (!menu.matches?.('.pd-actions') || event.newState !== 'open') return;
        requestAnimationFrame(() => {
            const at = buttonOf(menu).getBoundingClientRect();
            opened = { menu, top: at.top };
            const below = at.bottom + menu.offsetHeight <= innerHeight;
            menu.style.top = `${Math.max(4, below ? at.bottom : at.top - menu.offsetHeight)}px`;
            menu.style.left = `${Math.max(4, Math.min(at.left, innerWidth - menu.offsetWidth - 4))}px`;
            menu.querySelector('button:enabled')?.focus();
        });
    }, true);
    document.addEventListener('scroll', () => {
        if (opened?.menu.matches(':popover-open') && Math.abs(buttonOf(opened.menu).getBoundingClientRect().top - opened.top) > 24) opened.menu.hidePopover();
    }, true);
    document.addEventListener('click', (event) => event.target.closest?.('.pd-actions button')?.closest('.pd-actions').hidePopover(), true);
    document.addEventListener('keydown', (event) => {
        const menu = event.target.closest?.('.pd-actions');
        if (!menu || !['ArrowDown', 'ArrowUp', 'Home', 'End'].includes(event.key)) return;
        const items = [...menu.querySelectorAll('button:enabled')];
        const to = { ArrowDown: items.indexOf(document.activeElement) + 1, ArrowUp: items.indexOf(document.activeElement) - 1, Home: 0, End: -1 }[event.key];
        event.preventDefault();
        items.at(to % items.length)?.focus();
    });

    // A moment in the zone of the reader. What it shows is its own, so that the server may rewrite what is inside.
    customElements.define('pd-moment', class extends HTMLElement {
        static observedAttributes = ['datetime'];

        attributeChangedCallback() {
            const time = new Date(this.getAttribute('datetime'));
            if (Number.isNaN(time.valueOf())) return;
            this.attachShadowOnce().textContent = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short' }).format(time);
        }

        attachShadowOnce() {
            return this.shadowRoot ?? this.attachShadow({ mode: 'open' });
        }
    });

    const modal = document.getElementById('components-reconnect-modal');
    const again = async () => {
        try {
            // False: the server is there, but knows this page no more, or not even what it was about.
            if (!(await Blazor.reconnect()) && !(await Blazor.resumeCircuit?.())) location.reload();
        } catch {
            // Nothing tells a page that its server is there again.
            setTimeout(again, 3000);
        }
    };
    // What was typed meanwhile, or was on its way, the server knows only when it is told again; it may even have taken it back.
    const tell = () => document.querySelectorAll('[data-keep]').forEach((field) => {
        field.value = sessionStorage.getItem(kept(field.dataset.keep)) ?? field.value;
        field.dispatchEvent(new Event('input', { bubbles: true }));
    });
    modal?.addEventListener('components-reconnect-state-changed', (event) => {
        if (event.detail.state === 'hide') tell();
        if (event.detail.state === 'failed') setTimeout(again, 3000);
        if (event.detail.state === 'rejected' || event.detail.state === 'resume-failed') location.reload();
    });
    document.getElementById('pd-retry')?.addEventListener('click', again);
})();
