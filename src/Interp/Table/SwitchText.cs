using System.Text;

namespace RbpfSpec.Interp.Table;

/// <summary>The case of a row in the <see langword="switch"/> engine, as C#.</summary>
internal static class SwitchText
{
    private const string Access = """
        address = Steps.{address}(now, state);
        at = address - start;
        if ({reach})
        {
            Steps.{step}(now, state, host + at);
            now++;
            continue;
        }

        at = address - state->StackStart;
        if (at < {size}.Stack(state))
        {
            Steps.{step}(now, state, state->StackHost + at);
            now++;
            continue;
        }

        bytes = {size}.Bytes;
        permission = Grants.{permission};
        goto missed;
        """;

    private const string LocalCall = """
        if (state->CallsLeft == 0) return Steps.StopAt(now, state, branches, Stop.CallDepth);
        if (branches == 0) return Steps.StopAt(now, state, branches, Stop.BranchBudget);
        Calls.Enter(now, state);
        goto taken;
        """;

    private const string Exit = """
        if (state->Depth == 0) return Steps.StopAt(now, state, branches, Stop.Exit);
        now = Calls.Return(state, start);
        continue;
        """;

    private const string Pay = """
        if (state->Instructions == 0) return Steps.StopAt(now, state, branches, Stop.InstructionBudget);
        state->Instructions--;
        now++;
        continue;
        """;

    /// <summary>The case.</summary>
    /// <param name="row">The row.</param>
    /// <param name="rows">All rows.</param>
    public static string Of(Row row, Sequence<Row> rows)
    {
        var text = new StringBuilder($"                case Code.{row.Code}:\n");
        foreach (var line in Body(row, rows).Split('\n'))
            text.Append(line is "" ? "" : "                    ").Append(line).Append('\n');
        return text.ToString();
    }

    /// <summary>When an access reaches bytes of the cached region.</summary>
    /// <param name="permission">What the program has to be granted.</param>
    /// <param name="size">The type of the access's size.</param>
    public static string Reach(Permission permission, string size) => string.Join(
        " && ",
        new (Permission Permission, string Name)[] { (Permission.Read, "Readable"), (Permission.Write, "Writable") }
            .Where(kind => permission.HasFlag(kind.Permission))
            .Select(kind => $"at < {size}.{kind.Name}(state)"));

    private static string Body(Row row, Sequence<Row> rows) => row.Kind switch
    {
        Kind.Straight => $"Steps.{row.Step}(now, state);\nnow++;\ncontinue;",
        Kind.Branch => $"if (Steps.{row.Step}(now, state)) goto taken;\nnow++;\ncontinue;",
        Kind.Access(var address, var permission) => AccessOf(row, address, permission),
        Kind.Guard(var stop) => GuardOf(row, $"Steps.StopAt(now, state, branches, Stop.{stop})"),
        Kind.AlignmentGuard => GuardOf(row, "Steps.StopMisaligned(now, state, branches)"),
        Kind.Trap => "return Steps.StopAt(now, state, branches, now->Immediate);",
        Kind.Pay => Pay,
        Kind.Jump => "goto taken;",
        Kind.HostCall => "return Steps.StopAt(now, state, branches, Stop.Call);",
        Kind.LocalCall => LocalCall,
        Kind.Exit => Exit,
        Kind.Fused fused => FusedOf(row, fused, [.. fused.Parts.Select(part => rows.First(other => other.Code == part))]),
    };

    private static string GuardOf(Row row, string stop) => $"if (Steps.{row.Step}(now, state)) return {stop};\nnow++;\ncontinue;";

    private static string AccessOf(Row row, string address, Permission permission)
    {
        var size = StepName.Of(row.Step).Size(isOpen: false);
        return Access.Replace("{address}", address).Replace("{step}", row.Step).Replace("{reach}", Reach(permission, size))
            .Replace("{size}", size).Replace("{permission}", $"{permission}");
    }

    private static string FusedOf(Row row, Kind.Fused fused, Sequence<Row> parts)
    {
        if (parts[^1].Kind is Kind.Straight && row.Step is not "")
            return $"Steps.{row.Step}(now, state);\nnow += {parts.Count};\ncontinue;";
        var before = fused.Before is not ""
            ? $"Steps.{fused.Before}(now, state);\n"
            : string.Concat(parts.SkipLast(1).Select((part, index) => $"Steps.{part.Step}({At(index)}, state);\n"));
        return $"{before}{(parts.Count is 2 ? "now++" : $"now += {parts.Count - 1}")};\ngoto case Code.{parts[^1].Code};";
    }

    /// <summary>The step some steps further.</summary>
    public static string At(int index) => index is 0 ? "now" : $"now + {index}";
}
