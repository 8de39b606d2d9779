using System.Globalization;
using Microsoft.Playwright;
using RbpfSpec.Conformance;
using RbpfSpec.Host;
using RbpfSpec.Images;
using RbpfSpec.Images.Inputs;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Reports;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Specification.Tests.Site;

namespace RbpfSpec.Specification.Tests.Playground;

/// <summary>The playground, used as people use it.</summary>
[Collection(SiteReaders.Name)]
[Trait("Needs", "browser")]
public sealed partial class PlaygroundPageTests(BuiltSite site)
{
    private const int MostBytes = 300_000;

    [Fact]
    public async Task A_program_that_is_typed_is_stepped_forwards_and_backwards()
    {
        var page = (await Typed("mov %r0, 7\nadd %r0, 35\nstxdw [%r10-8], %r0\nexit", "2a00")).Page;

        await page.ClickAsync("#do-step");
        await page.ClickAsync("#do-step");

        (await page.InnerTextAsync("#registers tr.changed")).ShouldContain("0x2a");
        (await page.InnerTextAsync("#listing tr.current")).ShouldContain("stxdw [%r10-8], %r0");
        (await page.InnerTextAsync("#gutter .current")).ShouldBe("3");
        (await page.InnerTextAsync("#guards tbody")).ShouldContain("MemoryAccess");

        await page.ClickAsync("#do-step");
        (await page.InnerTextAsync("#memory-view")).ShouldContain("2a 00 00 00 00 00 00 00");
        await page.ClickAsync("#do-back");
        (await page.InnerTextAsync("#memory-view")).ShouldNotContain("2a 00 00 00 00 00 00 00");
        await page.ClickAsync("#do-run");
        await page.Locator("#outcome.good").WaitForAsync();
        (await page.InnerTextAsync("#outcome")).ShouldBe("The result is 0x2a (42), after 4 instructions.");
        (await page.IsDisabledAsync("#do-step")).ShouldBeTrue();
        await page.ClickAsync("#do-reset");
        (await page.InnerTextAsync("#outcome")).ShouldBe("Ready.");
    }

    [Fact]
    public async Task A_trap_is_told_in_the_words_of_the_command_line_with_the_guard_that_tripped()
    {
        var page = (await Typed("ldxdw %r0, [%r1+4]\nexit", "0102030405060708")).Page;

        await page.ClickAsync("#do-run");
        await page.Locator("#outcome.trap").WaitForAsync();

        var outcome = await page.InnerTextAsync("#outcome");
        outcome.ShouldContain("Trap MemoryAccess at slot 0: " + TrapTable.Of(Trap.MemoryAccess).Summary);
        outcome.ShouldContain("ends 4 bytes past the end of context: 8 bytes at 0x20000000, read and write");
        (await page.InnerTextAsync("#guards tr.holds")).ShouldContain("unless one region grants a read of 8 bytes");
        (await page.InnerTextAsync("#guards tr.holds small")).ShouldBe("load of 8 bytes at 0x20000004 = r1 (0x20000000) + 4");
        await page.ClickAsync("#do-back");
        (await page.InnerTextAsync("#outcome")).ShouldBe("Ready.");
    }

    [Theory]
    [InlineData("mov %r0, 1\nbogus\nexit", "", "line 2")]
    [InlineData("mov %r0, 1\nmov %r10, 1\nexit", "", "alu/mov64-k writes r10, the frame pointer, which is read-only")]
    [InlineData("call 3\nexit", "", "names the function 0x3, which is not granted to this program; expected one of 0x1, 0x2,")]
    [InlineData("exit", "2", "the memory is not bytes; expected two hexadecimal digits each")]
    public async Task What_is_wrong_is_said_and_nothing_runs(string source, string context, string problem)
    {
        var page = (await Typed(source, context)).Page;

        (await page.InnerTextAsync("#problems")).ShouldContain(problem);
        (await page.IsDisabledAsync("#do-run")).ShouldBeTrue();
        (await page.IsVisibleAsync("#state")).ShouldBeFalse();
    }

    [Fact]
    public async Task The_keyboard_is_enough_and_a_call_is_stepped_over()
    {
        var page = (await Typed("call f\nexit\nf:\nmov %r0, 5\nexit", "")).Page;

        await page.Locator("#listing button").First.FocusAsync();
        await page.Keyboard.PressAsync("o");

        (await page.InnerTextAsync("#outcome")).ShouldBe("Stopped before slot 1.");
        await page.Keyboard.PressAsync("b");
        (await page.InnerTextAsync("#frames")).ShouldContain("returns to slot 1");
        await page.Keyboard.PressAsync("0");
        await page.Locator("[aria-label='Stop at slot 3']").PressAsync("Enter");
        await page.Keyboard.PressAsync("r");
        await page.GetByText("Stopped before slot 3.").WaitForAsync();
        await page.FocusAsync("#source");
        await page.Keyboard.PressAsync("Control+Enter");
        await page.Locator("#outcome.good").WaitForAsync();
        (await page.InnerTextAsync("#outcome")).ShouldStartWith("The result is 0x5");
    }

    [Fact]
    public async Task A_link_carries_program_memory_and_settings()
    {
        var opened = await Typed("lddw %r0, 0x1122334455667788\nexit # ü", "0a0b");
        await opened.Page.SelectOptionAsync("#profile", "rfc9669");
        await opened.Page.EvaluateAsync("document.querySelector('#playground details').open = true");
        await opened.Page.FillAsync("#branches", "77");

        await opened.Page.ClickAsync("#share");
        await opened.Page.Locator("#link").WaitForAsync();
        var link = await opened.Page.InputValueAsync("#link");
        var again = await site.Play(link[link.IndexOf('#', StringComparison.Ordinal)..]);

        (await again.Page.InputValueAsync("#source")).ShouldBe("lddw %r0, 0x1122334455667788\nexit # ü");
        (await again.Page.InputValueAsync("#context")).ShouldBe("0a0b");
        (await again.Page.InputValueAsync("#profile")).ShouldBe("rfc9669");
        (await again.Page.InnerTextAsync("#branches-left")).ShouldBe("77 of 77 left");
        again.Requests.ShouldContain(site.At("playground-rfc9669.js"));
        again.Complaints.ShouldBeEmpty();

    }

    // The second is a session whose object has no bytes.
    [Theory]
    [InlineData("'#AAAA'")]
    [InlineData("playground.link.write({ image: { name: 'a', bytes: 5, start: null } })")]
    [InlineData("playground.link.write({ source: 'exit', profile: 7 })")]
    public async Task A_damaged_link_is_refused(string made)
    {
        var fragment = await (await site.Playing()).Page.EvaluateAsync<string>(made);

        var opened = await site.Play(fragment);

        (await opened.Page.InnerTextAsync("#problems")).ShouldContain("the link is damaged");
        opened.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_a_long_program_the_part_around_the_instruction_is_listed()
    {
        var opened = await Typed($"ja far\n{string.Concat(Enumerable.Repeat("mov %r0, 1\n", 4000))}far: mov %r0, 3\nexit", "");
        (await opened.Page.Locator("#listing tbody tr").CountAsync()).ShouldBeLessThan(2100);

        await opened.Page.ClickAsync("#do-step");

        (await opened.Page.InnerTextAsync("#listing tr.current")).ShouldContain("mov %r0, 3");
    }

    [Fact]
    public async Task A_link_carries_an_object_too()
    {
        var opened = await site.Playing();
        await Drop(opened.Page, "examples/greeting.o");
        await opened.Page.FillAsync("#context", "07000000");
        await opened.Page.ClickAsync("#share");
        await opened.Page.Locator("#link").WaitForAsync();
        var link = await opened.Page.InputValueAsync("#link");

        var again = await site.Play(link[link.IndexOf('#', StringComparison.Ordinal)..]);
        await again.Page.ClickAsync("#do-run");
        await again.Page.Locator("#outcome.good").WaitForAsync();

        (await again.Page.InnerTextAsync("#outcome")).ShouldStartWith("The result is 0x7a (122)");
        (await again.Page.InnerTextAsync("#output")).ShouldBe("greeting 1 of reader 7\n");
    }

    [Fact]
    public async Task An_object_with_several_functions_asks_which()
    {
        var opened = await site.Playing();
        await Drop(opened.Page, "examples/field.o");

        (await opened.Page.InnerTextAsync("#problems")).ShouldContain("functions could be where the program starts");
        await opened.Page.SelectOptionAsync("#start", "field");
        await opened.Page.Locator("#state").WaitForAsync();
        await opened.Page.FillAsync("#context", "040000002a010000");
        await opened.Page.GetByText("04 00 00 00 2a 01").WaitForAsync();
        await opened.Page.ClickAsync("#do-run");
        await opened.Page.Locator("#outcome.good").WaitForAsync();

        (await opened.Page.InnerTextAsync("#outcome")).ShouldStartWith("The result is 0x12a (298)");
    }

    [Theory]
    [InlineData("table:64:r\nsink:0x10:w@0x50000000\nmore:1:rw")]
    [InlineData("a:16:rw@0x40000000\nb:16:rw@0x4000000f")]
    [InlineData("under:16:rw@0xffffff8")]
    [InlineData("within:16:rw@0x10000010")]
    [InlineData("over:16:rw@0x20000001")]
    [InlineData("end:16:rw@0xfffffffffffffff1")]
    [InlineData("a:16")]
    [InlineData("a:0:rw")]
    [InlineData("a:1:x")]
    [InlineData("a:1:r@b")]
    public async Task Further_regions_lie_where_the_command_line_puts_them(string text)
    {
        var parsed = text.Split('\n').Select(AddedRegion.Parse).ToList();
        var problem = parsed.Find(each => each.Region is null).Problem;
        var wanted = problem;
        if (problem is null)
        {
            var start = new Start(Profile.Rbpf)
            {
                Context = Sequence.Of<byte>([1, 2]),
                Regions = AddedRegion.Place(parsed.Select(each => each.Region!)),
            };
            wanted = start.Problems() is { IsEmpty: false } problems
                ? problems[0]
                : string.Join(", ", Snapshot.Of(start.State()).Memory.Map(
                    region => $"{region.Name} 0x{region.Address:x} {region.Bytes.Count}"));
        }

        (await (await site.Compare()).EvaluateAsync<string>("text => cases.regions(text)", text)).ShouldBe(wanted);
    }

    // Every object of the repository: linked to the same bytes, at the same addresses.
    [Fact]
    public async Task Objects_are_linked_as_the_command_line_links_them()
    {
        var page = await site.Compare();
        var files = Directory.EnumerateFiles(Repository.Root, "*.o", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).ToList();
        files.Count.ShouldBeGreaterThan(25);
        var cases =
            from file in files
            let bytes = File.ReadAllBytes(file)
            from start in (string?[])[null, .. ImageFile.Read(bytes, new()) is ImageResult.Malformed ? (string?[])["field", "main"] : []]
            select (File: file, Bytes: bytes, Start: start);
        var all = cases.ToList();

        var found = await page.Ask(
            "cases.linked(JSON.parse(json))", all.Select(each => new { bytes = Convert.ToHexStringLower(each.Bytes), start = each.Start }));

        foreach (var (given, linked) in all.Zip(found))
        {
            var wanted = ImageFile.Read(given.Bytes, new() { Function = given.Start });
            if (wanted is ImageResult.Loaded(var image)) linked.ShouldBe(Text(image), given.File);
            else linked.ShouldStartWith("refused: ", Case.Sensitive, given.File);
        }
    }

    [Fact]
    public async Task Damaged_objects_are_refused_or_linked_but_are_no_fault_of_the_page()
    {
        var page = await site.Compare();
        var whole = await File.ReadAllBytesAsync(Path.Combine(Repository.Root, "examples/greeting.o"));
        var random = new Random(20);
        var damaged = Enumerable.Range(0, 200).Select(i =>
        {
            var bytes = whole[..(i % 4 == 0 ? random.Next(4, whole.Length) : whole.Length)].ToArray();
            for (var change = 0; change < 3; change++) bytes[random.Next(4, bytes.Length)] = (byte)random.Next(256);
            return new { bytes = Convert.ToHexStringLower(bytes), start = (string?)null };
        });

        var found = await page.Ask("cases.linked(JSON.parse(json))", damaged);

        found.ShouldContain(line => line.StartsWith("refused: ", StringComparison.Ordinal));
        found.ShouldAllBe(line =>
            line.StartsWith("entry ", StringComparison.Ordinal) || line.StartsWith("refused: ", StringComparison.Ordinal));
        found.ShouldAllBe(line =>
            !line.Contains("undefined", StringComparison.Ordinal) && !line.Contains("Cannot ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Objects_run_as_on_the_command_line()
    {
        var page = await site.Compare();
        var random = new Random(21);
        List<PlaygroundCase> cases = [];
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "examples"), "*.o")
            .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "bench/workloads"), "*.o")).Order(StringComparer.Ordinal))
        {
            if (ImageFile.Read(await File.ReadAllBytesAsync(file), new()) is not ImageResult.Loaded(var image)) continue;
            var rules = Admission.Of(Profile.Rfc9669, DefaultHost.Ids);
            if (image.Check(rules, out _) is not { } program) continue;
            var context = new byte[64];
            random.NextBytes(context);
            var start = image.Start(Profile.Rfc9669) with
            {
                Context = Sequence.Of<byte>(context),
                Host = DefaultHost.Granting(DefaultHost.Ids),
            };
            if (PlaygroundCase.Of(Path.GetFileName(file), program, start.State()) is { } ran) cases.Add(ran);
        }

        cases.Count.ShouldBeGreaterThan(8);
        (await page.Ask("cases.check(JSON.parse(json))", cases)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_million_instructions_run_while_the_page_stays_alive()
    {
        var opened = await site.Playing();
        var option = await opened.Page.EvaluateAsync<string>(
            "String(playground.examples.findIndex(example => example.title === 'A million instructions'))");
        await opened.Page.SelectOptionAsync("#example", option);
        await opened.Page.GetByText("250000 of 250000 left").WaitForAsync();

        await opened.Page.ClickAsync("#do-run");
        (await opened.Page.InnerTextAsync("#do-run")).ShouldBe("Stop");
        await opened.Page.Locator("#outcome.good").WaitForAsync();

        (await opened.Page.InnerTextAsync("#executed")).ShouldBe("1000003");
        await opened.Page.ClickAsync("#do-back");
        (await opened.Page.InnerTextAsync("#executed")).ShouldBe("1000002");

        // Where the log does not reach, it runs again from the start, and the page stays alive then, too.
        await opened.Page.EvaluateAsync("playground.current().log = []");
        await opened.Page.ClickAsync("#do-back");
        (await opened.Page.InnerTextAsync("#do-run")).ShouldBe("Stop");
        await opened.Page.Locator("#executed").GetByText("1000001").WaitForAsync();
        (await opened.Page.InnerTextAsync("#do-run")).ShouldBe("Run");
        opened.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_first_page_is_small_and_asks_for_nothing_that_is_not_there()
    {
        var opened = await site.Play();

        var files = opened.Requests.Distinct().Select(url => new Uri(url).LocalPath).ToList();

        files.Count.ShouldBeGreaterThan(5);
        files.Sum(file => new FileInfo(file).Length).ShouldBeLessThanOrEqualTo(MostBytes);
        opened.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task It_fits_the_window_and_each_input_has_a_label()
    {
        var opened = await site.Play();

        foreach (var width in (int[])[360, 800, 1280])
        {
            await opened.Page.SetViewportSizeAsync(width, 900);
            (await opened.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
        }

        (await opened.Page.EvaluateAsync<string[]>(
            "[...document.querySelectorAll('input, select, textarea')].filter(each => each.labels.length === 0).map(each => each.id)"))
            .ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_example_is_a_program_that_ends_or_a_refusal_that_says_so()
    {
        var opened = await site.Playing();

        var ends = await opened.Page.EvaluateAsync<string[]>(
            """
            async () => {
              const ends = [], choice = document.getElementById("example");
              for (const example of playground.examples) {
                const bytes = example.bytes && Uint8Array.from(atob(example.bytes), character => character.charCodeAt(0));
                await playground.open(bytes ? { ...example, image: { name: example.name, bytes, start: null } } : example);
                const machine = playground.current();
                if (machine) machine.run(2000000);
                ends.push(!machine ? "refused" : machine.end.trap || machine.state.registers[0].toString());
              }
              return ends;
            }
            """);

        ends.ShouldBe(["36", "120", "MemoryAccess", "9", "refused", "31249641800", "1224535953", "4", "122"]);
        opened.Complaints.ShouldBeEmpty();
    }

    private static string Text(Image image) => string.Join('\n', (string[])[
        string.Create(CultureInfo.InvariantCulture, $"entry {image.Entry}"),
        Convert.ToHexStringLower(image.Program.AsSpan()),
        .. image.Regions.Map(region => $"{region.Name} 0x{region.Address:x} {AccessText.Letters(region.Permission)} "
            + Convert.ToHexStringLower(region.Bytes.AsSpan())),
    ]);

    private static async Task Drop(IPage page, string file)
    {
        await page.SetInputFilesAsync("#file", Path.Combine(Repository.Root, file));
        await page.Locator("#dropped").WaitForAsync();
        await page.Locator("#state:visible, #problem-box:visible").First.WaitForAsync();
    }

    private async Task<OpenedPage> Typed(string source, string context)
    {
        var opened = await site.Playing();
        await opened.Page.EvaluateAsync("given => playground.open(given).then(() => null)", new { source, context });
        return opened;
    }
}
