using System.Globalization;
using System.Text.RegularExpressions;
using RbpfSpec.Conformance;
using RbpfSpec.Host;
using RbpfSpec.Host.Coap;
using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Helpers;
using RbpfSpec.Host.Hooks;
using RbpfSpec.Host.Sensors;
using RbpfSpec.Host.Updates;
using RbpfSpec.Images.Packing;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Specification.Text;
using RbpfSpec.Updates;

namespace RbpfSpec.Specification.Tests.Text;

/// <summary>The numbers in the normative text are those of the semantics.</summary>
public partial class RequirementTests
{
    private const int Word = 64;
    private const int Half = 32;
    private static readonly Profile Rbpf = Profile.Rbpf;
    private static readonly int Slots = OperationTable.Forms.Single(form => form.Id == "imm/lddw").Layout.Slots;
    private static readonly int Wide = OperationTable.Forms.Single(form => form.Id == "imm/lddw").Opcode;
    private static readonly int Branches = (int)((Allowance<ulong>.Remaining)Rbpf.BranchLimit).Count;

    // The values in the order in which a requirement, or the explanations below a heading, say them.
    private static readonly Dictionary<string, int[]> Facts = new()
    {
        ["00-conventions.md#Terms"] = [8, Slot.Size, 0, OperationTable.Forms.Count],
        ["00-conventions.md#Notation"] = [
            2, Word, Bits(Field.Immediate), Bits(Field.Offset), Bits(Field.NextImmediate), Word, Half, 16, Half],
        ["10-encoding.md#The slot"] = [.. SlotTable()],
        ["encoding/slots"] = [Slot.Size],
        ["encoding/registers"] = [Bits(Field.Destination), 1, Bits(Field.Source)],
        ["encoding/wide"] = [Wide, Slots, 0],
        ["state/registers"] = [Registers<Word>.Count, Word],
        ["state/upper-half"] = [Half, Half, 0],
        ["state/initial-registers"] = [0, 0],
        ["state/stack"] = [Rbpf.FrameBytes, 0],
        ["state/result"] = [Word],
        ["40-memory.md#The access check"] = [2, Word, 0],
        ["memory/regions"] = [Word],
        ["memory/empty"] = [1],
        ["memory/no-bytes"] = [0],
        ["memory/byte-order-conversion"] = [16, Half, Word, 0],
        ["memory/no-wrap"] = [0],
        ["memory/null"] = [0],
        ["memory/address"] = [2, Word],
        ["memory/extension"] = [Word, 0],
        ["memory/fetch"] = [Word],
        ["trap/DivisionByZero"] = [0],
        ["trap/CallDepth"] = [Rbpf.FrameLimit],
        ["trap/SignedOverflow"] = [1, 0],
        ["trap/ShiftAmount"] = [CountingBits(Half), Half, CountingBits(Word), Word],
        ["ranges/lengths"] = [0],
        ["preflight/length"] = [Slot.Size, Slot.Size],
        ["60-validity.md#Validity"] = [0],
        ["60-validity.md#Instructions outside RFC 9669"] = [.. OutsideTable()],
        ["preflight/accepts"] = [Vector.LongestProgram],
        ["60-validity.md#The program as a whole"] = [0],
        ["60-validity.md#Jumps"] = [Half],
        ["preflight/register/dst_reg"] = [0, Register.Last],
        ["preflight/register/src_reg"] = [0, Register.Last],
        ["preflight/reserved/dst_reg"] = [0],
        ["preflight/reserved/src_reg"] = [0],
        ["preflight/reserved/offset"] = [0],
        ["preflight/reserved/imm"] = [0],
        ["preflight/wide/opcode"] = [0],
        ["preflight/wide/dst_reg"] = [0],
        ["preflight/wide/src_reg"] = [0],
        ["preflight/wide/offset"] = [0],
        ["preflight/wide/next_imm"] = [0],
        ["calls/frame"] = [Rbpf.FrameBytes, 0],
        ["calls/depth"] = [Rbpf.FrameLimit],
        ["70-calls.md#Helper functions"] = [Helper.MostArguments],
        ["70-calls.md#The helpers that vectors use"] = [
            .. HelperTable(), Half, Half, Half, Word, 8, Word, Format.LongestField, 0, Format.LongestField, Format.LongestField],
        ["helpers/result"] = [Word],
        ["helpers/printf"] = [1],
        ["helpers/now-ms"] = [Half, 0],
        ["helpers/store"] = [Half, Half],
        ["helpers/store-full"] = [Store<Word>.DefaultCapacity, 1, Word, 0],
        ["budget/branches"] = [Branches],
        ["budget/taken"] = [1],
        ["budget/calls"] = [1],
        ["budget/instructions"] = [1],
        ["75-budget.md#Budget and termination"] = [1, Branches, (2 * Branches) + 1],
        ["80-profiles.md#Profiles"] = [0],
        ["89-packing.md#Packing"] = [HeatshrinkWindow.Small.Size, HeatshrinkWindow.Large.Size],
        ["89-packing.md#The file"] =
        [
            1, PackedHeader.Coded, PackedHeader.LargeWindow, HeatshrinkWindow.Large.WindowBits, HeatshrinkWindow.Large.LookaheadBits,
            HeatshrinkWindow.Small.WindowBits, HeatshrinkWindow.Small.LookaheadBits, PackedHeader.Fields,
            PackedHeader.Parts, PackedHeader.Starts, 0,
        ],
        ["packing/number"] = [PackedNumber.GroupBits, PackedNumber.MostGroups],
        ["packing/entry"] = [0],
        ["packing/tokens"] = [Heatshrink.LiteralCost - 1, 1, 1],
        ["packing/zeros"] = [0],

        // What fields the opcodes have, FieldPackingTests compares with this table.
        ["89-packing.md#Field packing"] = [0x00, 0x06, 0x95, 0x05, 0x84, 0x87, 0x85, 0xdc, 0, 1, 2, 3, 0xc0, 5, 6, 3, 0, 4, 7, 3, 0],
        ["packing/fields"] = [0],
        ["packing/whole"] = [FieldPacking.Whole],
        ["packing/signed"] = [1, 0, 1, 0, 1, 2, 3, Bits(Field.Offset), Bits(Field.Immediate)],
        ["conformance/value"] = [Word],
        ["host/output"] = [HostDataOf.MostOutput],
        ["85-host.md#Budgets"] = [.. BudgetTable()],
        ["86-hooks.md#Events"] = [Word, Reading.Size, Half],
        ["hooks/policy"] = [Word],
        ["87-bindings.md#Sensors"] = [16, Reading.Size],
        ["bindings/handles"] = [0, -SensorError.NoDevice],
        ["bindings/find"] = [0, 8],
        ["bindings/read"] = [-SensorError.Canceled, Half],
        ["bindings/write"] = [-SensorError.NotSupported],
        ["bindings/decimal"] = [0, 0],
        ["bindings/clock"] = [Half],
        ["87-bindings.md#Responses"] =
            [Reply.ContextSize, 0, 8, 16, Word, Reply.MessageOffset, Half, 16, Reply.BufferSize],
        ["bindings/response"] = [-CoapHelpers.Invalid],
        ["88-updates.md#The manifest"] =
        [
            1, ManifestCbor.Version, 2, 1, 3, 16, 4, -ManifestCbor.Sha256, 32, 5, 31, 6, 7, (int)BudgetClass.Snippet,
            (int)BudgetClass.Logic, 8, ManifestCbor.MostGrants, 9, ManifestCbor.MostHooks, (int)Policy.Continue, (int)Policy.Single, 1,
            ManifestCbor.LongestName,
        ],

        // The codes, UpdateRefusalTests compares with this table.
        ["88-updates.md#Refusals"] = [.. Enum.GetValues<UpdateRefusal>().Select(reason => reason.Code().Class)],
        ["90-conformance.md#Conformance groups"] = [Word, Half],
    };

    [Fact]
    public void Every_number_is_that_of_the_semantics()
    {
        var said = Repository.Book.Chapters.SelectMany(Said).GroupBy(pair => pair.Key).ToDictionary(
            group => group.Key,
            group => group.SelectMany(pair => Numbers(pair.Text)).ToArray());

        foreach (var (key, numbers) in said.Where(pair => pair.Value.Length > 0))
            numbers.ShouldBe(Facts.GetValueOrDefault(key, []), key);
        Facts.Keys.Except(said.Keys).ShouldBeEmpty();
    }

    [Fact]
    public void Another_number_would_be_noticed() =>
        Numbers("At most 8 frames of 0x200 bytes, RFC 9669 §3.1, r10, D-01, base64, 2 calls, 4,096 slots.").ShouldBe([8, 0x200, 2, 4096]);

    private static IEnumerable<(string Key, string Text)> Said(Chapter chapter)
    {
        var heading = "";
        foreach (var block in chapter.Blocks)
        {
            var (key, text) = block switch
            {
                Block.Heading(_, var title) => ($"{chapter.Page.Path}#{heading = title}", ""),
                Block.Binding(_, var requirement) => (requirement.Id, requirement.Text),
                Block.Explanation(_, var source) => ($"{chapter.Page.Path}#{heading}", source),
            };
            yield return (key, text);
        }
    }

    private static IEnumerable<int> Numbers(string markdown) =>
        from match in Number().Matches(Reference().Replace(PlainText.Of(markdown), ""))
        let text = match.Value
        select text.StartsWith("0x", StringComparison.Ordinal)
            ? Convert.ToInt32(text, 16)
            : int.Parse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    private static int Bits(Field field) => field.Width().Bits;

    // How many bits of an amount it takes to name every place in a word.
    private static int CountingBits(int width) => System.Numerics.BitOperations.Log2((uint)width);

    // Bytes and bits of each field, as a slot with only that field set has them; and the class, the low bits of the opcode.
    private static IEnumerable<int> SlotTable()
    {
        var classBits = CountingBits(Enum.GetValues<InstructionClass>().Length);
        yield return 0;
        yield return 8;
        yield return 0;
        yield return classBits - 1;
        foreach (var field in (Field[])[Field.Destination, Field.Source])
        {
            var (first, _) = Place(field);
            yield return first / 8;
            yield return first % 8;
            yield return (first % 8) + Bits(field) - 1;
            yield return Bits(field);
        }

        foreach (var field in (Field[])[Field.Offset, Field.Immediate])
        {
            var (first, last) = Place(field);
            yield return first / 8;
            yield return last / 8;
            yield return Bits(field);
        }
    }

    private static (int First, int Last) Place(Field field)
    {
        var first = Enumerable.Range(0, Word).First(bit => new Slot(1ul << bit).Fields[field].Value == 1);
        return (first, first + Bits(field) - 1);
    }

    private static IEnumerable<int> BudgetTable() => ((BudgetClass[])[BudgetClass.Snippet, BudgetClass.Logic])
        .SelectMany(budget => (int[])[(int)budget.Branches(), (int)budget.Instructions()]);

    private static IEnumerable<int> HelperTable()
    {
        foreach (var (declaration, _) in DefaultHost.Functions)
        {
            yield return (int)declaration.Id;
            int[] words = declaration.Name switch
            {
                "store_local" or "store_global" => [Half, 0, 1],
                "fetch_local" or "fetch_global" => [4, 0, 0],
                "now_ms" => [2, Half],
                _ => [],
            };
            foreach (var word in words) yield return word;
        }
    }

    private static IEnumerable<int> OutsideTable() => OutsideRfc.All.SelectMany(other => (int[])
    [
        .. other.Opcodes.Select(opcode => (int)opcode),
        .. other.Offset is { } offset ? (int[])[offset] : [],
        .. other.Immediate is { } imm ? (int[])[imm] : [],
    ]);

    [GeneratedRegex(@"(?<![\w.-])(0x[0-9a-f]+|\d+(,\d{3})*)(?!\w)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number();

    // What is cited has a number, which is nobody's limit.
    [GeneratedRegex(
        @"(RFC|§|RIOT|chapters from 10 to) ?[\d.]+( and RFC \d+)?|spec/\S+|\b\d\d-instructions/\S*", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Reference();
}
