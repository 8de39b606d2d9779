using System.Globalization;
using Microsoft.Playwright;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Specification.Site;

namespace RbpfSpec.Specification.Tests.Site;

/// <summary>The interactive step, used as people use it.</summary>
[Collection(SiteReaders.Name)]
[Trait("Needs", "browser")]
public sealed class OperationPageTests(BuiltSite site)
{
    // Types a state and an instruction, and reads what the page says of them.
    private const string Try = """
        examples => examples.map(example => {
          const type = (id, value) => {
            const input = document.getElementById(id);
            input.value = value;
            input.dispatchEvent(new Event("input", { bubbles: true }));
          };
          example.registers.forEach((value, i) => type(`r${i}`, value));
          type("pc", example.pc);
          type("slot", example.slots);
          const registers = example.registers.map((_, i) => document.getElementById(`r${i}-after`).textContent);
          return [document.getElementById("outcome").textContent, ...registers].join("|");
        })
        """;

    [Fact]
    public async Task The_least_number_by_minus_one_is_one_click_away()
    {
        var opened = await site.Open("ops/sdiv.html");

        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "sdiv: INT_MIN by −1" }).ClickAsync();

        (await opened.Page.InputValueAsync("#assembly")).ShouldBe("sdiv %r1, %r2");
        (await opened.Page.InnerTextAsync("#outcome")).ShouldBe("r1 becomes 0x8000000000000000 (-9223372036854775808). Goes on at slot 1.");
        (await opened.Page.Locator("#guards tbody tr").AllInnerTextsAsync()).ShouldBe(["DivisionByZero\tsrc == 0\tno"]);
        opened.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_typed_is_what_is_tried()
    {
        var opened = await site.Open("ops/div.html");

        await opened.Page.FillAsync("#assembly", "div32 r3, r4");
        await opened.Page.FillAsync("#r3", "-1");
        await opened.Page.FillAsync("#r4", "16");

        (await opened.Page.InputValueAsync("#slot")).ShouldBe("3c43000000000000");
        (await opened.Page.InputValueAsync("#form")).ShouldBe("alu/div32-x");
        (await opened.Page.InnerTextAsync("#r3-after")).ShouldBe("→ 0xfffffff");

        await opened.Page.FillAsync("#r4", "0xff00000000");

        (await opened.Page.InnerTextAsync("#outcome")).ShouldStartWith("Trap DivisionByZero: The divisor is zero.");
        (await opened.Page.Locator("#guards tr.holds").CountAsync()).ShouldBe(1);
    }

    [Theory]
    [InlineData("#r1", "many", "#state-problem", "r1 is 'many'; expected a number such as 0x1f or -1")]
    [InlineData("#assembly", "divide r1", "#instruction-problem", "'divide r1' is no instruction")]
    [InlineData("#slot", "3c43", "#instruction-problem", "a slot is 16 hexadecimal digits; a wide instruction has two")]
    [InlineData("#slot", "3c43000001000000", "#instruction-problem", "imm is reserved and must be zero")]
    [InlineData("#memory", "here", "#state-problem", "memory, line 1: expected an address, rw, a length, and bytes in hexadecimal")]
    public async Task What_makes_no_sense_is_said_beside_it(string input, string text, string place, string problem)
    {
        var opened = await site.Open("ops/div.html");

        await opened.Page.EvaluateAsync("document.querySelector('#step details').open = true");
        await opened.Page.FillAsync(input, text);

        (await opened.Page.InnerTextAsync(place)).ShouldBe(problem);
        (await opened.Page.IsVisibleAsync("#result")).ShouldBeFalse();
        opened.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Memory_is_read_and_written()
    {
        var opened = await site.Open("ops/stx.html");

        await opened.Page.FillAsync("#memory", "0x40000000 rw 8 0102030405060708");
        await opened.Page.FillAsync("#assembly", "stxh [r1+2], r2");
        await opened.Page.FillAsync("#r1", "0x40000000");
        await opened.Page.FillAsync("#r2", "0xbeef");

        (await opened.Page.InnerTextAsync("#memory-after")).ShouldBe("0x40000002: 0x3 → 0xef\n0x40000003: 0x4 → 0xbe");

        await opened.Page.FillAsync("#r1", "0x40000005");

        (await opened.Page.InnerTextAsync("#outcome")).ShouldStartWith("Trap MemoryAccess");
        opened.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_step_shows_what_the_semantics_does_in_every_vector_of_arithmetic()
    {
        List<StepExample> examples = [.. Repository.Vectors
            .Where(vector => vector.Before is not null && vector.Rule.StartsWith("alu/", StringComparison.Ordinal))
            .Select(vector => StepExample.At(vector, "")!)];
        var opened = await site.Open("ops/sdiv.html");

        var shown = await opened.Page.EvaluateAsync<string[]>(Try, examples.Select(Typed).ToArray());

        examples.Count.ShouldBeGreaterThan(500);
        shown.ShouldBe([.. examples.Select(Expected)]);
        opened.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task No_page_complains_or_is_wider_than_a_phone_and_every_example_traps_where_the_semantics_does()
    {
        var opened = await site.Open(SiteBuilder.FirstPage, width: 360, ColorScheme.Dark);
        var operations = OperationTable.All.ToDictionary(Operations.PathOf);
        foreach (var path in site.Files.Keys.Where(path => path.EndsWith(".html", StringComparison.Ordinal)))
        {
            await opened.Page.GotoAsync(site.At(path));
            var read = await opened.Page.EvaluateAsync<string[]>("""
                [...document.querySelectorAll('[data-example]')]
                  .map(button => { button.click(); return document.getElementById('outcome').textContent; })
                  .concat(document.documentElement.scrollWidth > innerWidth ? ['too wide'] : ['fits'])
                """);

            read[^1].ShouldBe("fits", path);
            if (!operations.TryGetValue(path, out var operation) || operation is CallOperation) continue;
            var examples = StepExample.Of(operation, Repository.Vectors);
            read.Length.ShouldBe(examples.Count + 1);
            read.Zip(examples).ShouldAllBe(pair => IsTrap(pair.Second) == pair.First.StartsWith("Trap ", StringComparison.Ordinal));
        }

        opened.Complaints.ShouldBeEmpty();
    }

    private static Dictionary<string, object> Typed(StepExample example) => new()
    {
        ["registers"] = example.Before.Registers.Select(value => $"0x{value:x}").ToArray(),
        ["pc"] = example.Before.ProgramCounter.ToString(CultureInfo.InvariantCulture),
        ["slots"] = string.Concat(Semantics.Encoding.Encoder.Encode(example.Instruction).Select(slot => slot.ToString())),
    };

    private static Effect<Word> Execute(StepExample example)
    {
        var start = new Start(Profile.Rbpf).State();
        var state = start with
        {
            Registers = Registers<Word>.Of([.. example.Before.Registers.Select(Word.Of)]),
            ProgramCounter = Word.Of(example.Before.ProgramCounter),
            Memory = start.Memory.WithRegions(
                example.Before.Memory.Map(region => Region.Of(region.Name, region.Address, region.Bytes.AsSpan(), region.Permission))),
            Budget = start.Budget with { Branches = new Allowance<Word>.Remaining(Word.Of(example.Before.Branches!.Value)) },
        };
        return ReferenceMachine.Execute(
            new Execution<Word>(example.Instruction.Form, example.Instruction.Fields<Word>(), state, Profile.Rbpf));
    }

    private static bool IsTrap(StepExample example) => Execute(example).Guards.Any(guard => guard.When.Value);

    private static string Expected(StepExample example)
    {
        var result = Execute(example);
        var trap = result.Guards.Where(guard => guard.When.Value).Select(guard => TrapTable.Of(guard.Trap)).FirstOrDefault();
        var after = result.Value.State;
        var written = example.Instruction.Destination.Number;
        var value = Shown(after.Registers[written].Value);
        return string.Join('|', [
            trap is null
                ? $"r{written} becomes {value}. Goes on at slot {after.ProgramCounter.Value}."
                : $"Trap {trap.Trap}: {trap.Summary} The state stays as it was.",
            .. Enumerable.Range(0, Registers<Word>.Count).Select(number => trap is null && number == written ? $"→ {value}" : ""),
        ]);
    }

    private static string Shown(ulong value) => value < 10 ? $"{value}" : (long)value < 0 ? $"0x{value:x} ({(long)value})" : $"0x{value:x}";
}
