using System.Collections.Immutable;
using System.Text.Json.Nodes;
using RbpfSpec.Debugging.Expressions;
using RbpfSpec.Debugging.Protocol;
using RbpfSpec.Debugging.Variables;
using RbpfSpec.Images.Variables;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Debugging.Sessions;

public sealed partial record Session
{
    // More a client does not open while the program stands.
    private const int MostOpened = 100_000;

    // The variables, and parts of them, that clients may ask the parts of, by their numbers, while the program stands.
    private ImmutableList<(int Frame, string Path)> parts = [];

    private Locals LocalsOf(int frame) => new(target!.Variables, StateOf(frame), SlotOf(frame), frame == 0 ? 0 : FirstKept);

    private Locals LocalsOf(State<Word> state) => new(target!.Variables, state, state.ProgramCounter.Value);

    // The parts of a variable that was told before.
    private Session PartsOf(Request request, RequestArguments arguments)
    {
        var index = arguments.RequiredNumber("variablesReference") - VariableReference.FirstPart;
        var first = arguments.Number("start", 0);
        var most = arguments.Number("count", 0) is > 0 and var count ? Math.Min(count, CText.MostParts) : CText.MostParts;
        if (arguments.Problem is not null) return this;
        if (index < 0 || index >= parts.Count || parts[index].Frame > target!.Timeline.Depth)
            return Refuse(request, "there are no such variables");
        var (frame, path) = parts[index];
        var locals = LocalsOf(frame);
        return Expression.Variable(path, StateOf(frame), frame == 0 ? 0 : FirstKept, locals) is { } value
            ? Listed(request, frame, CText.Parts(locals, path, value, first, most))
            : Refuse(request, "there are no such variables");
    }

    private Session Listed(Request request, int frame, IEnumerable<NamedValue> values)
    {
        var locals = LocalsOf(frame);
        var listed = this;
        JsonArray all = [];
        foreach (var value in values)
        {
            (listed, var told) = listed.Described(locals, frame, value);
            told["name"] = value.Name;
            told["evaluateName"] = value.Path;
            all.Add(told);
        }

        return listed.Respond(request, new() { ["variables"] = all });
    }

    // The answer to an expression that means a variable.
    private Session Told(Request request, int frame, NamedValue value)
    {
        var (told, body) = Described(LocalsOf(frame), frame, value);
        body["result"] = body["value"]?.GetValue<string>();
        body.Remove("value");
        return told.Respond(request, body);
    }

    private (Session Session, JsonObject Told) Described(Locals locals, int frame, NamedValue named)
    {
        var (described, reference) = (this, 0);
        if (CText.HasParts(locals, named.Value) && parts.Count < MostOpened)
        {
            reference = VariableReference.FirstPart + parts.Count;
            described = this with { parts = parts.Add((frame, named.Path)) };
        }

        JsonObject told = new()
        {
            ["value"] = CText.Of(locals, named.Value),
            ["type"] = locals.NameOf(named.Value.Type),
            ["variablesReference"] = reference,
        };
        if (locals.TypeOf(named.Value) is SourceType.Array(_, var count) && reference > 0)
            told["indexedVariables"] = (int)Math.Min(count, int.MaxValue);
        var address = locals.TypeOf(named.Value) is SourceType.Pointer ? locals.Number(named.Value)
            : named.Value.Place is VariablePlace.Memory(var place) ? place : null;
        if (address is { } known && Places.MemoryView.RegionAt(target!.Timeline.State, known) is not null)
            told["memoryReference"] = Hex(known);
        return (described, told);
    }
}
