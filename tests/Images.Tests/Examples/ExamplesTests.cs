using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using RbpfSpec.Host;
using RbpfSpec.Host.Helpers;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Images.Tests.Examples;

/// <summary>The examples do on the reference machine what <c>examples/README.md</c> says.</summary>
public partial class ExamplesTests
{
    public static TheoryData<string> Names => [.. Repository.Examples];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_example_passes_the_preflight(string name)
    {
        var image = Reading.Image(Repository.Example(name));
        var granted = DefaultHost.Ids;

        Preflight.Check(image.Program.AsSpan(), image.Entry, Admission.Of(Profile.Rbpf, granted)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0UL, 1UL)]
    [InlineData(41UL, 42UL)]
    [InlineData(ulong.MaxValue, 0UL)]
    public void Increment_adds_one(ulong context, ulong result) =>
        Run(Repository.Example("increment"), BitConverter.GetBytes(context)).Result.Value.ShouldBe(result);

    // The checksum is the one that Femto-Containers' benchmark expects of the same string.
    [Fact]
    public void Fletcher32_stays_within_the_default_budget()
    {
        var context = File.ReadAllBytes(Path.Combine(Repository.Root, "examples", "fletcher32.input"));

        var end = Run(Repository.Example("fletcher32"), context);

        context.Length.ShouldBe(361);
        end.Result.Value.ShouldBe(0x5bac8c3dUL);
        BranchesTaken(end.State).ShouldBe(182UL);
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(15UL, 5, 3, 8, 1, 7, 2, 6, 4)]
    [InlineData(28UL, 8, 7, 6, 5, 4, 3, 2, 1)]
    [InlineData(0UL, 1, 2, 3, 4, 5, 6, 7, 8)]
    public void Bubble_sort_sorts_within_the_default_budget(ulong swaps, params int[] values)
    {
        var end = Run(Repository.Example("bubble_sort"), MemoryMarshal.AsBytes(values.AsSpan()));

        end.Result.Value.ShouldBe(swaps);
        ReadContext(end.State, values.Length).ShouldBe(values.Order());
    }

    // RIOT's storage sample: the second run finds what the first one stored.
    [Fact]
    public void Storage_keeps_values_from_run_to_run()
    {
        var first = Run(Repository.Example("storage"), []);
        var second = Run(Repository.Example("storage"), [], first.State.Host);

        first.Result.Value.ShouldBe(0UL);
        Stored(first.State.Host).ShouldBe([1, 2, 3]);
        Stored(second.State.Host).ShouldBe([2, 6, 8]);
    }

    [Fact]
    public void Greeting_prints_and_counts()
    {
        var end = Run(Repository.Example("greeting"), [7, 0, 0, 0]);

        end.Result.Value.ShouldBe('r' + 7UL + 1);
        end.State.Host.Output.ShouldBe(["greeting 1 of reader 7\n"]);
    }

    [Fact]
    public void Functions_of_another_section_are_called()
    {
        ulong[] context = [5, 7];

        var end = Run(
            Repository.Linking(), MemoryMarshal.AsBytes(context.AsSpan()), options: new() { Section = "outside" });

        end.Result.Value.ShouldBe(5UL + 7 + (3 * 3));
    }

    // spec/82-helpers.md is made of the same declarations.
    [Fact]
    public void The_header_declares_every_helper_with_its_id_its_name_and_its_arguments()
    {
        var header = File.ReadAllText(Path.Combine(Repository.Root, "examples", "rbpf.h"));
        var declared = Declaration().Matches(header)
            .Select(match => (
                Convert.ToUInt32(match.Groups["id"].Value, 16), match.Groups["name"].Value, Arguments(match.Groups["arguments"].Value)));

        declared.Order().ShouldBe(HelperCatalogue.Declarations.Select(helper => (helper.Id, helper.Name, Arguments(helper))));
    }

    // v: a number; p: an address. The numbers that printf may have are not declared.
    private static string Arguments(Helper helper) => helper.Name == "printf"
        ? "p..."
        : string.Concat(helper.Arguments.Select(kind => kind is ArgumentKind.Value ? 'v' : 'p'));

    private static string Arguments(string c) => c is "void" ? "" : string.Concat(
        c.Split(',').Select(argument => argument.Trim() is "..." ? "..." : argument.Contains('*', StringComparison.Ordinal) ? "p" : "v"));

    [GeneratedRegex(@"\(\*const bpf_(?<name>\w+)\)\((?<arguments>[^)]*)\) = \(void \*\)0x(?<id>[0-9a-f]+);",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Declaration();

    private static Outcome<Word>.Exited Run(
        byte[] file,
        ReadOnlySpan<byte> context,
        HostState<Word>? host = null,
        ImageOptions? options = null)
    {
        var image = Reading.Image(file, options);
        var start = new Start(Profile.Rbpf)
        {
            Entry = image.Entry,
            Context = Sequence.Of(context),
            Regions = image.Regions
                .Select(region => Region.Of(region.Name, region.Address, region.Bytes.AsSpan(), region.Permission))
                .ToSequence(),
            Host = host ?? HostState<Word>.Bare with { Helpers = DefaultHost.Functions },
        };
        return new ReferenceMachine(Program.Of(image.Program.AsSpan()), Profile.Rbpf)
            .Run(start.State())
            .ShouldBeOfType<Outcome<Word>.Exited>();
    }

    private static ulong BranchesTaken(State<Word> state) =>
        200 - state.Budget.Branches.ShouldBeOfType<Allowance<Word>.Remaining>().Count.Value;

    private static IEnumerable<int> ReadContext(State<Word> state, int count) =>
        Enumerable.Range(0, count).Select(index =>
            (int)state.Memory.Read(Word.Of(AddressSpace.Context + ((ulong)index * sizeof(int))), Width.Bits32).Value);

    // A, B and C.
    private static IEnumerable<ulong> Stored(HostState<Word> host) =>
        new ulong[] { 5, 15, 3 }.Select(key => host.Local.Fetch(Word.Wrap(key, Width.Bits32)).Value);
}
