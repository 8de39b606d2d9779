using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Specification.Site;
using RbpfSpec.Specification.Text;

namespace RbpfSpec.Specification.Tests.Site;

/// <summary>The site of the committed book, read in a browser from the file system.</summary>
[Collection(SiteReaders.Name)]
[Trait("Needs", "browser")]
public sealed partial class SiteBuilderTests(BuiltSite site)
{
    private static readonly string[] First = ["index.html", "style.css", "search.js"];

    [Fact]
    public void The_site_and_its_first_page_are_small()
    {
        site.Files.Values.Sum(Encoding.UTF8.GetByteCount).ShouldBeLessThanOrEqualTo(3_000_000);
        First.Sum(file => Encoding.UTF8.GetByteCount(site.Files[file])).ShouldBeLessThan(200_000);
    }

    [Fact]
    public async Task The_first_page_loads_nothing_but_its_style_and_the_search()
    {
        var opened = await site.Open("index.html");

        opened.Requests.ShouldBe([.. First.Select(site.At)], ignoreOrder: true);
    }

    [Fact]
    public void Every_operation_has_a_page_of_its_own_to_which_its_opcodes_lead()
    {
        var index = site.Files["index.html"];

        site.Files.Keys.Count(path => path.StartsWith("ops/", StringComparison.Ordinal)).ShouldBe(OperationTable.All.Count);
        CellPattern().Count(index).ShouldBe(256);
        foreach (var form in OperationTable.Forms)
        {
            var pattern = $"<td class=\"c-{form.Class.ToString().ToLowerInvariant()}\" id=\"op-{form.Opcode:x2}\">.*?</td>";
            var cell = Regex.Match(index, pattern, RegexOptions.None, TimeSpan.FromSeconds(1)).Value;
            cell.ShouldContain(form.Id);
            cell.ShouldContain(Operations.Short(form.Group), Case.Sensitive);
        }
    }

    [Fact]
    public void No_link_of_a_page_leads_nowhere()
    {
        List<string> broken = [];
        foreach (var (path, text) in site.Files.Where(file => file.Key.EndsWith(".html", StringComparison.Ordinal)))
        {
            foreach (var target in LinkPattern().Matches(text).Select(match => match.Groups["to"].Value))
            {
                if (target.StartsWith("https://", StringComparison.Ordinal) || target.StartsWith("data:", StringComparison.Ordinal))
                {
                    continue;
                }

                var address = new Uri(new Uri($"file:///{path}"), target);
                var file = address.AbsolutePath[1..];
                if (!site.Files.TryGetValue(file, out var content)
                    || (address.Fragment.Length > 1
                        && !content.Contains($"id=\"{Uri.UnescapeDataString(address.Fragment[1..])}\"", StringComparison.Ordinal)))
                {
                    broken.Add($"{path}: {target}");
                }
            }
        }

        broken.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Text_stands_out_from_the_paper_in_both_colour_schemes(ColorScheme scheme)
    {
        const string Luminance = """
            name => {
              const [r, g, b] = getComputedStyle(document.body)[name].match(/\d+/g).map(Number)
                .map(c => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
              return 0.2126 * r + 0.7152 * g + 0.0722 * b;
            }
            """;
        var opened = await site.Open("ops/sdiv.html", scheme: scheme);

        var text = await opened.Page.EvaluateAsync<double>(Luminance, "color");
        var paper = await opened.Page.EvaluateAsync<double>(Luminance, "backgroundColor");

        (paper > text).ShouldBe(scheme is ColorScheme.Light);
        ((Math.Max(text, paper) + 0.05) / (Math.Min(text, paper) + 0.05)).ShouldBeGreaterThan(7);
    }

    [Fact]
    public async Task What_is_printed_is_the_text_alone()
    {
        var opened = await site.Open("ops/sdiv.html");

        await opened.Page.EmulateMediaAsync(new() { Media = Media.Print });

        (await opened.Page.Locator("#query").IsVisibleAsync()).ShouldBeFalse();
        (await opened.Page.Locator("#step").IsVisibleAsync()).ShouldBeFalse();
        (await opened.Page.Locator("h1").IsVisibleAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task Every_input_has_a_label()
    {
        var opened = await site.Open("ops/atomic-cmpxchg.html");

        var nameless = await opened.Page.EvaluateAsync<string[]>(
            "[...document.querySelectorAll('input, select, textarea')].filter(each => each.labels.length === 0).map(each => each.id)");

        nameless.ShouldBeEmpty();
        (await opened.Page.Locator("h1").CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task The_opcode_map_leads_to_the_page_of_an_operation()
    {
        var opened = await site.Open("index.html");

        await opened.Page.Locator("#op-3f a", new() { HasText = "sdiv" }).ClickAsync();

        opened.Page.Url.ShouldBe(site.At("ops/sdiv.html"));
        await opened.Page.Locator("a.home").ClickAsync();
        opened.Page.Url.ShouldBe(site.At("index.html"));
    }

    [Theory]
    [InlineData(390)]
    [InlineData(768)]
    [InlineData(1280)]
    public async Task What_the_search_box_suggests_is_not_cut(int width)
    {
        var opened = await site.Open("index.html", width);

        (await opened.Page.EvaluateAsync<bool>(
            """
            () => {
              const input = document.getElementById("query"), style = getComputedStyle(input);
              const pen = document.createElement("canvas").getContext("2d");
              pen.font = `${style.fontSize} ${style.fontFamily}`;
              const room = input.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
              return pen.measureText(input.placeholder).width <= room;
            }
            """)).ShouldBeTrue();
    }

    [Theory]
    [InlineData(390)]
    [InlineData(800)]
    [InlineData(1280)]
    public async Task A_map_that_is_wider_than_the_window_says_that_it_scrolls(int width)
    {
        var opened = await site.Open("index.html", width);

        var isWider = await opened.Page.EvaluateAsync<bool>(
            "() => (map => map.scrollWidth > map.clientWidth)(document.querySelector('.wide:has(.opcodes)'))");

        (await opened.Page.Locator(".hint").IsVisibleAsync()).ShouldBe(isWider);
    }

    [Fact]
    public void The_columns_of_32_bits_are_named_so()
    {
        var index = site.Files["index.html"];

        foreach (var form in OperationTable.Forms
            .Where(form => form.Class is InstructionClass.Alu or InstructionClass.Jmp32 && form.Operand is not SourceOperand.None))
        {
            var cell = Regex.Match(index, $"id=\"op-{form.Opcode:x2}\">.*?</td>", RegexOptions.None, TimeSpan.FromSeconds(1)).Value;
            cell.ShouldContain($">{form.Mnemonic}</a>", Case.Sensitive, form.Id);
        }
    }

    [Fact]
    public void A_broken_link_is_an_error_that_names_the_page_and_the_link()
    {
        const string Text =
            "# Memory\n\n[a](gone.md) [b](#nothing) [c](40-memory.md#none) [d](vectors/README.md) [e](40-memory.md)\n";
        var chapter = ((ChapterReading.Read)Chapter.Read("40-memory.md", Text)).Chapter;
        var book = new Book([.. Repository.Book.Chapters.Where(other => other.Page.Path != chapter.Page.Path), chapter], [], []);

        var broken = SiteBuilder.Build(book, path => path == "vectors/README.md").ShouldBeOfType<SiteBuild.Broken>();

        broken.Links.Where(link => link.Page == "spec/40-memory.md").Select(link => link.Target)
            .ShouldBe(["gone.md", "#nothing", "40-memory.md#none"]);
        broken.Links[0].ToString().ShouldNotBeEmpty();
    }

    [GeneratedRegex("<td[ >]", RegexOptions.None, 1000)]
    private static partial Regex CellPattern();

    [GeneratedRegex("(href|src)=\"(?<to>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LinkPattern();
}
