// What a page does by itself, without the server: colours, notes that are being typed, arrows in the list, and coming back.
(() => {
    const kept = (key) => `kept-${key}`;

    window.pd = {
        theme(name) {
            document.cookie = `theme=${name}; path=/; max-age=31536000; samesite=lax`;
            document.documentElement.dataset.theme = name;
        },
        kept: (key) => sessionStorage.getItem(kept(key)),
        forget: (key) => sessionStorage.removeItem(kept(key)),
    };

    // Not every browser tells the server which colours its reader prefers; then once, from here, for this session.
    if (!document.cookie.includes('theme=') && document.documentElement.dataset.theme === 'light' && matchMedia('(prefers-color-scheme: dark)').matches) {
        document.cookie = 'theme=dark; path=/; samesite=lax';
        if (document.cookie.includes('theme=')) location.reload();
    }

    // The router would go to the content and leave the focus behind.
    document.addEventListener('click', (event) => event.target.closest?.('.pd-skip') && document.getElementById('content').focus());

    document.addEventListener('input', (event) => {
        const key = event.target.dataset?.keep;
        if (key) sessionStorage.setItem(kept(key), event.target.value);
    });

    // The list is one stop of the tabulator; arrows move in it, however many rows there are.
    document.addEventListener('keydown', (event) => {
        const list = event.target.closest?.('.pd-list');
        if (!list || event.altKey || event.ctrlKey || event.metaKey) return;
        const rows = [...list.querySelectorAll('a.pd-row')];
        const at = rows.indexOf(document.activeElement);
        const current = rows.findIndex((row) => row.getAttribute('aria-current'));
        const visible = () => rows.findIndex((row) => row.getBoundingClientRect().bottom > list.getBoundingClientRect().top + 1);
        const next = {
            ArrowDown: at >= 0 ? at + 1 : current >= 0 ? current : visible(),
            ArrowUp: at >= 0 ? at - 1 : current >= 0 ? current : visible(),
        }[event.key];
        if (next === undefined || !rows[next]) return;
        event.preventDefault();
        rows[next].focus({ preventScroll: true });
        rows[next].scrollIntoView({ block: 'nearest' });
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
