using RbpfSpec.Ranges.Analysis;
using RbpfSpec.Ranges.Domain;
using RbpfSpec.Ranges.Relations;
using RbpfSpec.Ranges.Words;
using RbpfSpec.Semantics.Instructions;

namespace RbpfSpec.Ranges.Findings;

/// <summary>The kinds of fact that are not known where a trap is not proved.</summary>
public enum LackKind
{
    /// <summary>Nothing lacks: it is proved.</summary>
    Nothing,

    /// <summary>The last byte may lie beyond the end of the region.</summary>
    BeyondEnd,

    /// <summary>The first byte may lie before the start of the region.</summary>
    BeforeStart,

    /// <summary>There is no context, and the address is computed from it.</summary>
    NoContext,

    /// <summary>The region does not grant this kind of access.</summary>
    NotGranted,

    /// <summary>The address is in no region that can be told.</summary>
    UnknownAddress,

    /// <summary>The divisor may be zero.</summary>
    ZeroDivisor,

    /// <summary>A helper may be given bytes that are not granted.</summary>
    HelperBytes,

    /// <summary>Some contexts could not be analysed.</summary>
    NotAnalysed,

    /// <summary>Another condition of the instruction's rule.</summary>
    Other,
}

/// <summary>
/// The lack of an access that is not proved: the kind, the inequality that is violated in numbers, and a check in C that is enough.
/// </summary>
/// <param name="Kind">The kind.</param>
/// <param name="Text">The inequality.</param>
/// <param name="Fact">The check.</param>
internal sealed record AccessLack(LackKind Kind, string Text, string Fact)
{
    private const long Near = 1L << 27;
    private const long Meaningless = 1L << 40;

    /// <summary>The lack of an access that is not proved.</summary>
    public static AccessLack Of(AnalysedProgram program, ControlFlow flow, AbstractState state, MemoryAccess<RangeWord> access)
    {
        var bytes = access.Count.IsKnown(out var count) ? (long)count : 1;
        var address = access.Address;
        if (program.Context.Greatest == 0 && address.Values.LeastSigned.Signed >= 0 && address.Values.GreatestSigned.Signed < Near)
        {
            var most = address.Values.GreatestSigned.Signed + bytes;
            return new(
                LackKind.NoContext,
                FormattableString.Invariant(
                    $"context: needs offset + {bytes} <= length; the offset is {Signed(address.Values)}, the length 0"),
                FormattableString.Invariant($"if (length < {most}) return 0;"));
        }

        var memory = program.MemoryOf(state);
        var based = ValueNames.BaseOf(address, program);
        foreach (var region in memory.Everything())
        {
            // The region that it was meant for: that in which it begins, or could begin.
            var offset = address.Values - ValueRange<Word>.Constant(Word.Of(region.Start));
            if (based is null ? offset.LeastSigned.Signed < -Near || offset.Least.Value >= 2 * Near : based.Start != region.Start) continue;
            return Within(flow, state, region, access, offset, bytes);
        }

        return new(
            LackKind.UnknownAddress,
            $"the address is {ValueNames.Of(address, program, flow)}, in no region that is known",
            "keep the pointer as it was given, and add a number that is compared with the length");
    }

    private static AccessLack Within(
        ControlFlow flow, AbstractState state, AnalysedRegion region, MemoryAccess<RangeWord> access, ValueRange<Word> offset, long bytes)
    {
        var needed = access.Kind is Access.Read ? Permission.Read : Permission.Write;
        if (!region.Permission.HasFlag(needed))
        {
            return new(
                LackKind.NotGranted,
                $"{region.Name}: needs to be {(needed is Permission.Read ? "readable" : "writable")}; it is not",
                $"{(needed is Permission.Read ? "read from" : "write to")} the stack or the context instead");
        }

        var length = region.Length.Values;
        var lowest = offset.LeastSigned.Signed;
        var kind = lowest < 0 ? LackKind.BeforeStart : LackKind.BeyondEnd;
        var start = kind is LackKind.BeforeStart ? "0 <= offset and " : "";
        var needs = FormattableString.Invariant(
            $"{region.Name}: needs {start}offset + {bytes} <= length; the offset is {Signed(offset)}");
        needs += FormattableString.Invariant($", the length {length.Least.Value}")
            + (length.Least.Value == length.Greatest.Value ? "" : FormattableString.Invariant($" to {length.Greatest.Value}"));
        return new(kind, needs + Short(state, region, access.Address, bytes), Check(flow, region, access.Address, offset, bytes));
    }

    // By how much the end may be passed, given all that is known of sums.
    private static string Short(AbstractState state, AnalysedRegion region, RangeWord address, long bytes)
    {
        if (state.Relations.FormOf(address) is not { } at || state.Relations.FormOf(region.Length) is not { } length) return "";
        if (length.Minus(at)?.Plus((Int128)region.Start - bytes) is not { IsConstant: false } rest) return "";
        var least = state.Relations.LeastOf(rest, 0);
        return least < 0 && least > -Meaningless ? FormattableString.Invariant($"; it may be {-least} too few") : "";
    }

    private static string Check(ControlFlow flow, AnalysedRegion region, RangeWord address, ValueRange<Word> offset, long bytes)
    {
        var isFixed = region.Length.IsKnown(out var known);
        var isContext = region.Name == "context";
        if (address.IsKnown(out var at))
        {
            var end = (long)(at - region.Start) + bytes;
            return (long)(at - region.Start) < 0 ? $"begin at the start of the {region.Name}"
                : isContext && !isFixed ? FormattableString.Invariant($"if (length < {end}) return 0;")
                : FormattableString.Invariant($"stay within the {known} bytes of the {region.Name}");
        }

        if (address.Link is not { } link || (long)link.Scale is <= 0 or > Meaningless) return General();
        var scale = (long)link.Scale;
        var first = (long)(link.Offset - region.Start);
        if (first is < -Near or > Near) return General();
        if (Numbers.NodeOf(link.Value) < 0)
        {
            return scale == 1 && first < 0 && first + bytes <= 0
                ? FormattableString.Invariant($"if (length < {-first}) return 0;")
                : General();
        }

        var name = ValueNames.Of(link.Value, flow);
        var where = $"  // i is {name}";
        var low = first >= 0 ? "" : FormattableString.Invariant($"i < {LinearForm.Ceiling(-first, scale)} || ");
        if (isFixed)
        {
            var room = (long)known - first - bytes;
            return room < 0
                ? FormattableString.Invariant($"stay within the {known} bytes of the {region.Name}")
                : FormattableString.Invariant($"if ({low}i >= {(room / scale) + 1}) return 0;{where}");
        }

        var taken = first + bytes;
        var rest = taken == 0 ? "length"
            : taken > 0 ? FormattableString.Invariant($"length - {taken}")
            : FormattableString.Invariant($"length + {-taken}");
        var share = scale == 1 ? rest
            : taken == 0 ? FormattableString.Invariant($"length / {scale}")
            : FormattableString.Invariant($"({rest}) / {scale}");
        var isLong = taken <= 0 || region.Length.Values.Least.Value >= (ulong)taken;
        var enough = isLong ? "" : FormattableString.Invariant($"length < {taken} || ");
        return $"if ({enough}{low}i > {share}) return 0;{where}";

        string General() =>
            (isFixed
                ? FormattableString.Invariant($"if (offset > {(long)known - bytes}")
                : FormattableString.Invariant($"if (offset > length - {bytes}"))
            + (isFixed || region.Length.Values.Least.Value >= (ulong)bytes
                ? ""
                : FormattableString.Invariant($" || length < {bytes}"))
            + $") return 0;  // offset is that from the start of the {region.Name}";
    }

    private static string Signed(ValueRange<Word> values)
    {
        var (least, greatest) = (values.LeastSigned.Signed, values.GreatestSigned.Signed);
        return least == greatest ? FormattableString.Invariant($"{least}")
            : greatest > Meaningless ? FormattableString.Invariant($"{least} or more")
            : FormattableString.Invariant($"{least} to {greatest}");
    }
}
