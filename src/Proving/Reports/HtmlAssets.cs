namespace RbpfSpec.Proving.Reports;

/// <summary>How the page of proofs looks, and what unpacks its scripts.</summary>
internal static class HtmlAssets
{
    /// <summary>The matrix scrolls by itself, under its first row; a claim has the colour of its verdict.</summary>
    public const string Style = """
        .wide { overflow-x: auto; max-height: 80vh; }
        table { font-size: .85rem; } th, td { padding: .15rem .5rem; text-align: center; }
        thead th { position: sticky; top: 0; background: Canvas; } tbody th { text-align: left; font-weight: normal; }
        td a { display: block; }
        details.script { background: Canvas; }
        details > p, details > pre { background: Canvas; padding: .3rem; margin: .3rem 0; }

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
