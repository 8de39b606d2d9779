using System.Text.Json.Nodes;
using RbpfSpec.Debugging.Places;
using RbpfSpec.Debugging.Protocol;

namespace RbpfSpec.Debugging.Sessions;

public sealed partial record Session
{
    private const int MostBytes = 1 << 20;
    private const int MostInstructions = 100_000;

    private Session ReadMemory(Request request, RequestArguments arguments)
    {
        var address = AddressOf(arguments);
        var count = arguments.RequiredNumber("count", 0, MostBytes);
        if (address is not { } first) return Refuse(request, "this is no address of memory; expected one such as 0x10000000");
        var bytes = MemoryView.Read(target!.Timeline.State, first, count);
        JsonObject body = new() { ["address"] = Hex(first), ["unreadableBytes"] = count - bytes.Length };
        if (bytes.Length > 0) body["data"] = Convert.ToBase64String(bytes);
        return Respond(request, body);
    }

    private Session WriteMemory(Request request, RequestArguments arguments)
    {
        var address = AddressOf(arguments);
        var data = arguments.RequiredText("data");
        var bytes = new byte[data.Length];
        if (!Convert.TryFromBase64String(data, bytes, out var length)) arguments.Fail("data", "is no base64");
        if (arguments.Problem is not null) return this;
        if (address is not { } first) return Refuse(request, "this is no address of memory; expected one such as 0x10000000");
        var state = target!.Timeline.State;
        var regions = state.Memory.Regions;
        var index = Enumerable.Range(0, regions.Count).FirstOrDefault(at => first - regions[at].Start.Value < regions[at].Length.Value, -1);
        if (index < 0 || (ulong)length > regions[index].Length.Value - (first - regions[index].Start.Value))
            return Refuse(request, FormattableString.Invariant($"{length} bytes at 0x{first:x} do not lie in one region"));
        var contents = regions[index].Bytes;
        for (var i = 0; i < length; i++)
        {
            contents = contents.Write(
                Word.Of(first - regions[index].Start.Value + (ulong)i), Word.Wrap(bytes[i], Width.Bits8), Truth<Word>.Of(true));
        }

        var written = regions.With(index, regions[index] with { Bytes = contents });
        return WithState(state with { Memory = state.Memory.WithRegions(written) })
            .Respond(request, new() { ["offset"] = 0, ["bytesWritten"] = length });
    }

    private static ulong? AddressOf(RequestArguments arguments)
    {
        var reference = arguments.RequiredText("memoryReference");
        var offset = arguments.Number("offset") ?? 0;
        if (CodeAddress.Address(reference) is not { } address) return null;
        var sum = (Int128)address + offset;
        return sum >= 0 && sum <= ulong.MaxValue ? (ulong)sum : null;
    }

    // As many as are asked for, those outside the program too, so that clients can count.
    private Session Disassemble(Request request, RequestArguments arguments)
    {
        var reference = arguments.RequiredText("memoryReference");
        var offset = arguments.Number("offset", 0, int.MinValue);
        var skipped = arguments.Number("instructionOffset", 0, -MostInstructions, MostInstructions);
        var count = arguments.RequiredNumber("instructionCount", 0, MostInstructions);
        if (arguments.Problem is not null) return this;
        if (CodeAddress.Slot(reference, offset) is not { } slot || slot > int.MaxValue)
            return Refuse(request, "this is no address of an instruction; expected one such as that of a frame, or 'slot 5'");
        var listing = target!.Listing;
        var length = listing.Instructions.Count;
        var line = listing.LineOf(slot) is > 0 and var known ? known - 1L : length + (long)slot - target.Prepared.Machine.Program.Length;
        JsonArray instructions = [];
        for (var index = line + skipped; index < line + skipped + count; index++)
        {
            instructions.Add(index >= 0 && index < length
                ? InstructionOf(listing.Instructions[(int)index])
                : Outside(index < 0 ? index : target.Prepared.Machine.Program.Length + index - length));
        }

        return Respond(request, new() { ["instructions"] = instructions });
    }

    private JsonObject InstructionOf(ListedInstruction instruction)
    {
        JsonObject shown = new()
        {
            ["address"] = CodeAddress.Of(instruction.Slot),
            ["instructionBytes"] = Convert.ToHexStringLower(instruction.Bytes.AsSpan()),
            ["instruction"] = ProgramListing.Line(instruction with { Function = "" }).TrimStart(),
        };
        if (instruction.Function != "") shown["symbol"] = instruction.Function;
        if (target!.Map.At((ulong)instruction.Slot) is { } place)
        {
            shown["location"] = SourceOf(place.File);
            shown["line"] = LineOut(place.Line);
        }

        return shown;
    }

    private static JsonObject Outside(long slot) => new JsonObject
    {
        ["address"] = CodeAddress.Of(slot),
        ["instruction"] = "outside the program",
        ["presentationHint"] = "invalid",
    };
}
