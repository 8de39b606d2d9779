using System.Text;

namespace RbpfSpec.Interp.Table;

/// <summary>The handler of a row, as C#. Rows of the same step share one, which is generic.</summary>
internal static class HandlerText
{
    private const string Parameters = "(PredecodedStep* now, RunState* state, ulong start, byte* host, ulong branches)";

    private const string Access = """
        var address = {address};
        var at = address - start;
        if ({reach})
        {
            Steps.{step}({now}, state, host + at);
            {next}
        }

        at = address - state->StackStart;
        if (at >= {size}.Stack(state)) return Missed({now}, state, address, {size}.Bytes, Grants.{permission}, branches);
        Steps.{step}({now}, state, state->StackHost + at);
        {next}
        """;

    private const string Branch = """
        if ({condition})
        {
            if (branches == 0) return Steps.StopAt({now}, state, branches, Stop.BranchBudget);
            now = Steps.Target({now});
            return now->Handler(now, state, start, host, branches - 1);
        }

        {next}
        """;

    private const string Jump = """
        if (branches == 0) return Steps.StopAt(now, state, branches, Stop.BranchBudget);
        now = Steps.Target(now);
        return now->Handler(now, state, start, host, branches - 1);
        """;

    private const string LocalCall = """
        if (state->CallsLeft == 0) return Steps.StopAt(now, state, branches, Stop.CallDepth);
        if (branches == 0) return Steps.StopAt(now, state, branches, Stop.BranchBudget);
        Calls.Enter(now, state);
        now = Steps.Target(now);
        return now->Handler(now, state, start, host, branches - 1);
        """;

    private const string Exit = """
        if (state->Depth == 0) return Steps.StopAt(now, state, branches, Stop.Exit);
        now = Calls.Return(state, start);
        return now->Handler(now, state, start, host, branches);
        """;

    private static readonly string Pay = $"""
        if (state->Instructions == 0) return Steps.StopAt(now, state, branches, Stop.InstructionBudget);
        state->Instructions--;
        {Next(1)}
        """;

    /// <summary>As C# refers to the handler: with the types of the row.</summary>
    public static string NameOf(Row row) => IsShared(row) ? StepName.Of(row.Step).Closed : PlainName(row);

    /// <summary>The handler, with its documentation.</summary>
    /// <param name="row">The row.</param>
    /// <param name="rows">All rows.</param>
    public static string Of(Row row, Sequence<Row> rows)
    {
        var step = StepName.Of(row.Step);
        var isShared = IsShared(row);
        var text = new StringBuilder($"    /// <summary>{Summary(row)}</summary>\n");
        text.Append("    [MethodImpl(MethodImplOptions.AggressiveOptimization)]\n");
        text.Append($"    public static ulong {(isShared ? step.Open : PlainName(row))}{Parameters}\n");
        if (isShared) text.AppendJoin("", step.Constraints.Select(line => $"        {line}\n"));
        text.Append("    {\n");
        foreach (var line in Body(row, isShared ? step.Open : row.Step, isShared, rows).Split('\n'))
            text.Append(line is "" ? "" : "        ").Append(line).Append('\n');
        return text.Append("    }\n").ToString();
    }

    // Of one step there may be many rows with different types.
    private static bool IsShared(Row row) => row.Kind is Kind.Straight or Kind.Branch or Kind.Access;

    private static string PlainName(Row row) => row.Kind is Kind.HostCall ? "Call" : row.Code;

    private static string Summary(Row row) => row.Kind switch
    {
        Kind.Fused fused => $"{string.Join(", ", fused.Parts.SkipLast(1))} and {fused.Parts[^1]} in one.",
        Kind.HostCall => "Stops, so that the host is called.",
        Kind.Straight or Kind.Branch or Kind.Access =>
            $"Does <see cref=\"Steps.{StepName.Of(row.Step).Open.Replace('<', '{').Replace('>', '}')}\"/>, and goes on.",
        Kind.Guard or Kind.AlignmentGuard => $"Traps if <see cref=\"Steps.{row.Step}\"/> holds.",
        Kind.Trap => "Traps for the reason in the immediate.",
        Kind.Pay => "Pays for an instruction.",
        Kind.Jump => "Jumps.",
        Kind.LocalCall => "Enters a local function.",
        Kind.Exit => "Ends, or returns from a local function.",
    };

    private static string Body(Row row, string step, bool isOpen, Sequence<Row> rows) => row.Kind switch
    {
        Kind.Straight => $"Steps.{step}(now, state);\n{Next(1)}",
        Kind.Branch => BranchOf($"Steps.{step}(now, state)", 0),
        Kind.Access(var address, var permission) =>
            AccessOf($"Steps.{address}(now, state)", permission, step, StepName.Of(row.Step).Size(isOpen), 0),
        Kind.Guard(var stop) => $"if (Steps.{step}(now, state)) return Steps.StopAt(now, state, branches, Stop.{stop});\n{Next(1)}",
        Kind.AlignmentGuard => $"if (Steps.{step}(now, state)) return Steps.StopMisaligned(now, state, branches);\n{Next(1)}",
        Kind.Trap => "return Steps.StopAt(now, state, branches, now->Immediate);",
        Kind.Pay => Pay,
        Kind.Jump => Jump,
        Kind.HostCall => "return Steps.StopAt(now, state, branches, Stop.Call);",
        Kind.LocalCall => LocalCall,
        Kind.Exit => Exit,
        Kind.Fused fused => FusedOf(row, [.. fused.Parts.Select(part => rows.First(other => other.Code == part))]),
    };

    private static string FusedOf(Row row, Sequence<Row> parts)
    {
        var place = parts.Count - 1;
        var (last, at) = (parts[^1], SwitchText.At(place));
        var before = row.Step is not "" ? "" : string.Concat(parts.SkipLast(1).Select((part, index) =>
            $"Steps.{part.Step}({SwitchText.At(index)}, state);\n"));
        return before + last.Kind switch
        {
            Kind.Branch => BranchOf(row.Step is "" ? $"Steps.{last.Step}({at}, state)" : $"Steps.{row.Step}(now, state)", place),
            Kind.Access(var address, var permission) => AccessOf(
                row.Step is "" ? $"Steps.{address}({at}, state)" : $"Steps.{row.Step}(now, state)",
                permission,
                last.Step,
                StepName.Of(last.Step).Size(isOpen: false),
                place),

            // All that is left to end in; the rest is among the table's problems.
            Kind.Straight or Kind.Guard or Kind.AlignmentGuard or Kind.Trap or Kind.Pay or Kind.Jump or Kind.HostCall or Kind.LocalCall
                or Kind.Exit or Kind.Fused =>
                $"Steps.{(row.Step is "" ? $"{last.Step}({at}" : $"{row.Step}(now")}, state);\n{Next(parts.Count)}",
        };
    }

    private static string Next(int steps) => $"return now[{steps}].Handler(now + {steps}, state, start, host, branches);";

    private static string BranchOf(string condition, int place) =>
        Branch.Replace("{condition}", condition).Replace("{now}", SwitchText.At(place)).Replace("{next}", Next(place + 1));

    private static string AccessOf(string address, Permission permission, string step, string size, int place) => Access
        .Replace("{address}", address).Replace("{step}", step).Replace("{reach}", SwitchText.Reach(permission, size))
        .Replace("{size}", size).Replace("{permission}", $"{permission}")
        .Replace("{now}", SwitchText.At(place)).Replace("{next}", Next(place + 1));
}
