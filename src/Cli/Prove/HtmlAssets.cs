namespace RbpfSpec.Cli.Prove;

/// <summary>How the page of proofs looks, and what unpacks its scripts.</summary>
internal static class HtmlAssets
{
    /// <summary>Light and dark as the reader's system says; tables scroll by themselves on narrow screens.</summary>
    public const string Style = """
        :root { color-scheme: light dark; --proved: #d9f2df; --refuted: #ffd2cc; --undecided: #ffe9b8; --line: #bbb; }
        @media (prefers-color-scheme: dark) { :root { --proved: #17482a; --refuted: #6b1d14; --undecided: #5c4608; --line: #555; } }
        body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; padding: 1rem; max-width: 75rem; }
        h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2rem; }
        small { opacity: .75; } a { color: inherit; }
        .wide { overflow-x: auto; max-height: 80vh; }
        table { border-collapse: collapse; font-size: .85rem; }
        th, td { border: 1px solid var(--line); padding: .15rem .5rem; text-align: center; }
        thead th { position: sticky; top: 0; background: Canvas; } tbody th { text-align: left; font-weight: normal; }
        td a { display: block; }
        .proved { background: var(--proved); } .refuted { background: var(--refuted); } .undecided { background: var(--undecided); }
        p.proved, p.refuted, p.undecided { padding: .4rem .6rem; }
        details { border: 1px solid var(--line); margin: .2rem 0; padding: .2rem .6rem; }
        details.script { background: Canvas; } summary { cursor: pointer; overflow-wrap: anywhere; }
        details > p, details > pre { background: Canvas; padding: .3rem; margin: .3rem 0; }
        pre { overflow-x: auto; font-size: .8rem; }

        """;

    /// <summary>Opens the claim that a link leads to, and unpacks a script when it is opened.</summary>
    public const string Script = """
        function show() {
          const claim = document.getElementById(decodeURIComponent(location.hash.slice(1)));
          if (claim) { claim.open = true; claim.scrollIntoView(); }
        }
        addEventListener('hashchange', show);
        show();
        document.addEventListener('toggle', async event => {
          const text = event.target.querySelector(':scope > pre[data-packed]');
          if (!text || !event.target.open) return;
          const bytes = Uint8Array.from(atob(text.dataset.packed), character => character.charCodeAt(0));
          const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
          text.removeAttribute('data-packed');
          text.textContent = await new Response(unpacked).text();
        }, true);

        """;
}
