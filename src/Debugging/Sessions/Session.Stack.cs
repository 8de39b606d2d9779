using System.Globalization;
using System.Text.Json.Nodes;
using RbpfSpec.Debugging.Places;
using RbpfSpec.Debugging.Protocol;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Debugging.Sessions;

public sealed partial record Session
{
    // Of a caller r6 to r10 are kept, and nothing else.
    private const int FirstKept = 6;

    private Session Stack(Request request, RequestArguments arguments)
    {
        arguments.RequiredNumber("threadId", Thread, Thread);
        var first = arguments.Number("startFrame", 0);
        var most = arguments.Number("levels", 0);
        var all = target!.Timeline.Depth + 1;
        var frames = Enumerable.Range(0, all).Skip(first).Take(most == 0 ? all : most).Select(FrameAt);
        return Respond(request, new() { ["stackFrames"] = new JsonArray([.. frames]), ["totalFrames"] = all });
    }

    private JsonNode FrameAt(int index)
    {
        var slot = SlotOf(index);
        JsonObject frame = new()
        {
            ["id"] = index + 1,
            ["name"] = target!.FunctionAt(slot),
            ["instructionPointerReference"] = CodeAddress.Of((long)slot),
        };
        Located(frame, slot);
        return frame;
    }

    // The instruction that executes next or, of a caller, the call.
    private ulong SlotOf(int frame)
    {
        var state = target!.Timeline.State;
        return frame == 0 ? state.ProgramCounter.Value : state.Frames[^frame].ReturnTo.Value - 1;
    }

    // Adds source, line and column of a slot.
    private void Located(JsonObject to, ulong slot)
    {
        var known = target!.Prepared.Image.SourceAt(slot);
        to["source"] = known is null ? ListingSource() : SourceOf(known.File);
        to["line"] = LineOut(known?.Line ?? Math.Max(target.Listing.LineOf(slot), 1));
        to["column"] = (known is { Column: > 0 } ? known.Column : 1) - 1 + columnBase;
    }

    private JsonObject ListingSource() => new()
    {
        ["name"] = $"{target!.Name} (listing)",
        ["sourceReference"] = Target.ListingReference,
        ["presentationHint"] = "deemphasize",
    };

    private JsonObject SourceOf(string file)
    {
        JsonObject source = new() { ["name"] = file[(file.LastIndexOf('/') + 1)..] };
        if (target!.PathOf(file) is { } path)
        {
            source["path"] = path;
            return source;
        }

        source["path"] = file;
        source["sourceReference"] = Target.FirstFileReference + target.Map.Files.ToList().IndexOf(file);
        source["origin"] = "what the object has of this file";
        return source;
    }

    private Session Sources(Request request) => Respond(request, new()
    {
        ["sources"] = new JsonArray([ListingSource(), .. target!.Map.Files.Select(SourceOf)]),
    });

    private Session Text(Request request, RequestArguments arguments)
    {
        var reference = NameOf(arguments).Reference;
        if (reference == 0) reference = arguments.RequiredNumber("sourceReference");
        if (reference == Target.ListingReference) return Respond(request, new() { ["content"] = target!.Listing.ToString() });
        return target!.FileOf(new("", reference)) is { } file
            ? Respond(request, new() { ["content"] = target.Map.Text(file) })
            : Refuse(request, FormattableString.Invariant($"there is no source with the number {reference}"));
    }

    private Session Locations(Request request, RequestArguments arguments)
    {
        var source = NameOf(arguments);
        var first = arguments.RequiredNumber("line") - lineBase + 1;
        var last = arguments.Has("endLine") ? arguments.Number("endLine", 0) - lineBase + 1 : first;
        var lines = source.Reference == Target.ListingReference
            ? Enumerable.Range(1, target!.Listing.Instructions.Count)
            : target!.FileOf(source) is { } file ? target.Map.Lines(file) : Enumerable.Empty<int>();
        return Respond(request, new()
        {
            ["breakpoints"] = new JsonArray(
                [.. from line in lines where line >= first && line <= last select new JsonObject { ["line"] = LineOut(line) }]),
        });
    }

    private Session Scopes(Request request, RequestArguments arguments)
    {
        if (FrameOf(arguments) is not { } frame) return Refuse(request, "there is no such frame");
        JsonArray scopes = [];
        if (!target!.Variables.All.IsEmpty) scopes.Add(Scope("Locals", VariableReference.Locals, "locals", isCheap: true));
        scopes.Add(Scope("Registers", VariableReference.Registers, "registers", isCheap: true));
        if (frame == 0)
        {
            scopes.Add(Scope("Memory", VariableReference.Memory, "memory", isCheap: true));
            scopes.Add(Scope("Stores", VariableReference.Stores, "stores", isCheap: true));
            scopes.Add(Scope("Budget", VariableReference.Budget, "budget", isCheap: true));
        }

        return Respond(request, new() { ["scopes"] = scopes });

        JsonObject Scope(string name, int what, string hint, bool isCheap) => new()
        {
            ["name"] = name,
            ["variablesReference"] = VariableReference.Of(frame, what),
            ["expensive"] = !isCheap,
            ["presentationHint"] = hint,
        };
    }

    // The frame that a request is about, from 0, the one that executes; null if there is none.
    private int? FrameOf(RequestArguments arguments)
    {
        var frame = arguments.Number("frameId", 1) - 1;
        return frame >= 0 && frame <= target!.Timeline.Depth ? frame : null;
    }

    // The state as a frame sees it: of a caller the registers that are kept for it, and its program counter.
    private State<Word> StateOf(int frame)
    {
        var state = target!.Timeline.State;
        if (frame == 0) return state;
        var saved = state.Frames[^frame].Saved;
        var values = new Word[Registers<Word>.Count];
        for (var i = 0; i < values.Length; i++) values[i] = i < FirstKept ? Word.Of(0) : saved[i - FirstKept];
        return state with { Registers = ConcreteRegisters.Of(values), ProgramCounter = Word.Of(SlotOf(frame)) };
    }

    /// <summary>A number in hexadecimal and decimal; small ones in decimal.</summary>
    internal static string Shown(ulong value) => value < 10
        ? value.ToString(CultureInfo.InvariantCulture)
        : unchecked((long)value) < 0
            ? string.Create(CultureInfo.InvariantCulture, $"0x{value:x} ({value}; signed: {(long)value})")
            : string.Create(CultureInfo.InvariantCulture, $"0x{value:x} ({value})");
}

/// <summary>The numbers by which clients ask for what is in scopes and variables.</summary>
internal static class VariableReference
{
    /// <summary>Registers and program counter.</summary>
    public const int Registers = 1;

    /// <summary>The regions.</summary>
    public const int Memory = 2;

    /// <summary>The key/value stores.</summary>
    public const int Stores = 3;

    /// <summary>The budget that is left.</summary>
    public const int Budget = 4;

    /// <summary>The store of the program.</summary>
    public const int LocalStore = 5;

    /// <summary>The store that all programs share.</summary>
    public const int GlobalStore = 6;

    /// <summary>The variables of C.</summary>
    public const int Locals = 7;

    /// <summary>The first part of a variable of C that was told; the others follow.</summary>
    public const int FirstPart = 1 << 30;

    /// <summary>The first region; the others follow.</summary>
    public const int FirstRegion = 16;

    private const int PerFrame = 1 << 16;

    /// <summary>The number of something in a frame.</summary>
    public static int Of(int frame, int what) => ((frame + 1) * PerFrame) + what;

    /// <summary>The frame, and what in it, of a number.</summary>
    public static (int Frame, int What) Read(int reference) => ((reference / PerFrame) - 1, reference % PerFrame);
}
