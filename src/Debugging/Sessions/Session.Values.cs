using System.Globalization;
using System.Text.Json.Nodes;
using RbpfSpec.Debugging.Expressions;
using RbpfSpec.Debugging.Places;
using RbpfSpec.Debugging.Protocol;
using RbpfSpec.Host;
using RbpfSpec.Reports;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Reports;

namespace RbpfSpec.Debugging.Sessions;

public sealed partial record Session
{
    private const int BytesOfRow = 16;
    private const int MostRows = 4096;

    private Session VariablesOf(Request request, RequestArguments arguments)
    {
        if (arguments.Number("variablesReference") is >= VariableReference.FirstPart) return PartsOf(request, arguments);
        var (frame, what) = VariableReference.Read(arguments.RequiredNumber("variablesReference"));
        var first = arguments.Number("start", 0);
        var most = Math.Min(arguments.Number("count", 0) is > 0 and var count ? count : MostRows, MostRows);
        if (frame < 0 || frame > target!.Timeline.Depth) return Refuse(request, "there are no such variables");
        if (what == VariableReference.Locals) return Listed(request, frame, LocalsOf(frame).All());
        var state = StateOf(frame);
        IEnumerable<JsonNode>? variables = what switch
        {
            VariableReference.Registers => RegistersOf(frame, state),
            VariableReference.Memory => state.Memory.Regions.Select((region, index) => RegionOf(frame, region, index)),
            VariableReference.Stores =>
            [
                Variable("local", Counted.Of(Used(state.Host.Local), "pair"), VariableReference.Of(frame, VariableReference.LocalStore)),
                Variable("global", Counted.Of(Used(state.Host.Global), "pair"), VariableReference.Of(frame, VariableReference.GlobalStore)),
            ],
            VariableReference.Budget =>
            [
                Variable("branches", Left(state.Budget.Branches)), Variable("instructions", Left(state.Budget.Instructions)),
            ],
            VariableReference.LocalStore => PairsOf(state.Host.Local),
            VariableReference.GlobalStore => PairsOf(state.Host.Global),
            >= VariableReference.FirstRegion when what - VariableReference.FirstRegion < state.Memory.Regions.Count =>
                RowsOf(state.Memory.Regions[what - VariableReference.FirstRegion], first, most),
            _ => null,
        };
        return variables is null
            ? Refuse(request, "there are no such variables")
            : Respond(request, new() { ["variables"] = new JsonArray([.. variables]) });
    }

    private static JsonObject Variable(string name, string value, int reference = 0) =>
        new() { ["name"] = name, ["value"] = value, ["variablesReference"] = reference };

    private static IEnumerable<JsonNode> RegistersOf(int frame, State<Word> state)
    {
        var counter = Variable("pc", state.ProgramCounter.Value.ToString(CultureInfo.InvariantCulture));
        counter["evaluateName"] = "pc";
        yield return counter;
        for (var i = frame == 0 ? 0 : FirstKept; i < Registers<Word>.Count; i++)
        {
            var value = state.Registers[i].Value;
            var register = Variable($"r{i}", Shown(value));
            register["evaluateName"] = $"r{i}";
            if (MemoryView.RegionAt(state, value) is { } region)
            {
                register["value"] = $"{Shown(value)} in {region.Name}";
                register["memoryReference"] = Hex(value);
            }

            if (frame > 0) register["presentationHint"] = new JsonObject { ["attributes"] = new JsonArray("readOnly") };
            yield return register;
        }
    }

    private static JsonObject RegionOf(int frame, Region<Word> region, int index)
    {
        var reference = index < MostRows ? VariableReference.Of(frame, VariableReference.FirstRegion + index) : 0;
        var shown = Variable(region.Name, AccessText.Region(region), reference);
        shown["memoryReference"] = Hex(region.Start.Value);
        shown["indexedVariables"] = (int)((region.Length.Value + BytesOfRow - 1) / BytesOfRow);
        return shown;
    }

    private IEnumerable<JsonNode> RowsOf(Region<Word> region, int first, int most)
    {
        var rows = (long)((region.Length.Value + BytesOfRow - 1) / BytesOfRow);
        for (long row = first; row < Math.Min(rows, (long)first + most); row++)
        {
            var address = region.Start.Value + (ulong)(row * BytesOfRow);
            var shown = Variable(Hex(address), RowText(MemoryView.Read(target!.Timeline.State, address, BytesOfRow)));
            shown["memoryReference"] = Hex(address);
            yield return shown;
        }
    }

    /// <summary>Bytes in hexadecimal, four together, and as text.</summary>
    internal static string RowText(byte[] bytes)
    {
        var groups = bytes.Chunk(4).Select(Convert.ToHexStringLower);
        var text = string.Concat(bytes.Select(static one => one is >= 0x20 and < 0x7f ? (char)one : '.'));
        return $"{string.Join(' ', groups)}  {text}";
    }

    private static int Used(Store<Word> store) => store.Entries.Count(entry => entry.Used.Value);

    private static IEnumerable<JsonNode> PairsOf(Store<Word> store) =>
        from entry in store.Entries
        where entry.Used.Value
        select Variable(entry.Key.Value.ToString(CultureInfo.InvariantCulture), Shown(entry.Value.Value));

    private static string Left(Allowance<Word> allowance) => allowance switch
    {
        Allowance<Word>.Unlimited => "unlimited",
        Allowance<Word>.Remaining(var count) => $"{count.Value.ToString(CultureInfo.InvariantCulture)} left",
    };

    private Session SetVariable(Request request, RequestArguments arguments)
    {
        var (frame, what) = VariableReference.Read(arguments.RequiredNumber("variablesReference"));
        var (name, value) = (arguments.RequiredText("name"), arguments.RequiredText("value"));
        if (arguments.Problem is not null) return this;
        if (frame != 0 || what != VariableReference.Registers || Expression.RegisterOf(name) is not { } register)
            return Refuse(request, "only r0 to r10 of the function that executes can be set");
        return Expression.Evaluate(value, target!.Timeline.State, 0, LocalsOf(0)) switch
        {
            Evaluation.Value(var number) => WithRegister(register, number).Respond(request, new()
            {
                ["value"] = Shown(number),
                ["variablesReference"] = 0,
            }),
            Evaluation.Problem(var problem) => Refuse(request, problem),
        };
    }

    private Session WithRegister(int register, ulong number)
    {
        var state = target!.Timeline.State;
        return WithState(state with { Registers = state.Registers.Write(Word.Wrap((ulong)register, Width.Bits4), Word.Of(number)) });
    }

    private Session WithState(State<Word> state) => this with
    {
        target = target! with { Timeline = target.Timeline.With(state), Shown = state.Host.Output.Count },
        stoppedAt = null,
        hits = hits.UpTo(target.Timeline.Position),
    };

    // In the console, r3 = E sets a register.
    private Session Evaluate(Request request, RequestArguments arguments)
    {
        var text = arguments.RequiredText("expression").Trim();
        if (FrameOf(arguments) is not { } frame) return Refuse(request, "there is no such frame");
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var isSet = equals > 0 && (equals + 1 == text.Length || text[equals + 1] != '=')
            && Expression.RegisterOf(text[..equals].Trim()) is not null;
        if (isSet && (arguments.Text("context") != "repl" || frame != 0))
            return Refuse(request, "registers are set in the console, and of the function that executes");
        var (state, known, locals) = (StateOf(frame), frame == 0 ? 0 : FirstKept, LocalsOf(frame));
        if (!isSet && Expression.Variable(text, state, known, locals) is { } variable) return Told(request, frame, new("", text, variable));
        return Expression.Evaluate(isSet ? text[(equals + 1)..] : text, state, known, locals) switch
        {
            Evaluation.Problem(var problem) => Refuse(request, problem),
            Evaluation.Value(var number) when isSet =>
                WithRegister(Expression.RegisterOf(text[..equals].Trim())!.Value, number).Answered(request, number)
                    .Event("invalidated", new() { ["areas"] = new JsonArray("variables") }),
            Evaluation.Value(var number) => Answered(request, number),
        };
    }

    private Session Answered(Request request, ulong number)
    {
        JsonObject body = new() { ["result"] = Shown(number), ["variablesReference"] = 0 };
        if (MemoryView.RegionAt(target!.Timeline.State, number) is not null) body["memoryReference"] = Hex(number);
        return Respond(request, body);
    }

    private static string Hex(ulong number) => string.Create(CultureInfo.InvariantCulture, $"0x{number:x}");
}
