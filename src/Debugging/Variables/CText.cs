using System.Globalization;
using System.Text;
using RbpfSpec.Images.Variables;

namespace RbpfSpec.Debugging.Variables;

/// <summary>Values of C as text, and the parts of them.</summary>
public static class CText
{
    /// <summary>The most parts of a value that are told at once.</summary>
    public const int MostParts = 4096;

    private const int MostNested = 3;
    private const int MostShown = 8;

    /// <summary>The text of a value, in one line.</summary>
    public static string Of(Locals locals, CValue value)
    {
        ArgumentNullException.ThrowIfNull(locals);
        return Of(locals, value, 0);
    }

    /// <summary>Whether a value has parts that can be asked for.</summary>
    public static bool HasParts(Locals locals, CValue value)
    {
        ArgumentNullException.ThrowIfNull(locals);
        ArgumentNullException.ThrowIfNull(value);
        return value.Place is not VariablePlace.Gone && locals.TypeOf(value) switch
        {
            SourceType.Structure structure => !structure.Members.IsEmpty,
            SourceType.Array(_, var count) => count > 0,
            SourceType.Pointer(var target) => locals.SizeOf(target) > 0 && locals.Number(value) is > 0,
            SourceType.Number or SourceType.Enumeration or SourceType.Alias or null => false,
        };
    }

    /// <summary>The parts of a value: members, elements, or what a pointer leads to.</summary>
    /// <param name="locals">Where it is.</param>
    /// <param name="path">The expression that means the value.</param>
    /// <param name="value">The value.</param>
    /// <param name="first">The first element to tell.</param>
    /// <param name="most">The most parts to tell.</param>
    public static IEnumerable<NamedValue> Parts(Locals locals, string path, CValue value, int first, int most)
    {
        ArgumentNullException.ThrowIfNull(locals);
        ArgumentNullException.ThrowIfNull(path);
        var inner = path.StartsWith('*') ? $"({path})" : path;
        switch (locals.TypeOf(value))
        {
            case SourceType.Structure:
                foreach (var (name, member) in locals.Members(value).Skip(first).Take(most))
                    yield return new(name, $"{inner}.{name}", member);
                break;
            case SourceType.Array(_, var count):
                for (long i = first; i < Math.Min(count, first + (long)most); i++)
                {
                    var name = string.Create(CultureInfo.InvariantCulture, $"[{i}]");
                    if (locals.Element(value, i) is { } element) yield return new(name, inner + name, element);
                }

                break;
            case SourceType.Pointer when locals.Target(value) is { } target:
                if (locals.TypeOf(target) is SourceType.Structure)
                {
                    foreach (var (name, member) in locals.Members(target).Skip(first).Take(most))
                        yield return new(name, $"{inner}->{name}", member);
                }
                else if (first == 0)
                {
                    yield return new($"*{path}", $"*{path}", target);
                }

                break;
            default:
                break;
        }
    }

    private static string Of(Locals locals, CValue value, int depth)
    {
        if (value.Place is VariablePlace.Gone(var reason)) return $"<{reason}>";
        switch (locals.TypeOf(value))
        {
            case SourceType.Structure:
                return Listed(
                    locals.Members(value).Select(member => $"{member.Name} = {Nested(locals, member.Value, depth)}"), depth);
            case SourceType.Array(_, var count):
                var elements = Enumerable.Range(0, (int)Math.Clamp(count, 0, MostShown + 1))
                    .Select(at => locals.Element(value, at) is { } element ? Nested(locals, element, depth) : "?");
                return Listed(elements, depth);
            case SourceType.Number { Kind: NumberKind.Other, Size: > 0 and var size }:
                return locals.Read(value, size) is { } bytes ? string.Concat(bytes.Select(Byte)) : Unread(value);
            case SourceType.Number number:
                return locals.Number(value) is { } known ? Number(known, number.Kind) : Unread(value);
            case SourceType.Enumeration enumeration:
                return locals.Number(value) is { } constant ? Named(enumeration, (long)constant) : Unread(value);
            case SourceType.Pointer:
                return locals.Number(value) is { } address ? string.Create(CultureInfo.InvariantCulture, $"0x{address:x}") : Unread(value);
            default:
                return "<of a type that is not told>";
        }
    }

    private static string Byte(byte? value) => value is { } known ? known.ToString("x2", CultureInfo.InvariantCulture) : "??";

    private static string Unread(CValue value) => value.Place is VariablePlace.Memory(var address)
        ? string.Create(CultureInfo.InvariantCulture, $"<cannot be read at 0x{address:x}>")
        : "<optimised away in part>";

    private static string Nested(Locals locals, CValue value, int depth) => depth + 1 < MostNested ? Of(locals, value, depth + 1) : "{…}";

    private static string Listed(IEnumerable<string> parts, int depth)
    {
        var shown = parts.Take(MostShown + 1).ToList();
        if (shown.Count > MostShown) shown[MostShown] = "…";
        return depth < MostNested ? $"{{{string.Join(", ", shown)}}}" : "{…}";
    }

    private static string Number(ulong value, NumberKind kind) => kind switch
    {
        NumberKind.Boolean => value switch { 0 => "false", 1 => "true", _ => value.ToString(CultureInfo.InvariantCulture) },
        NumberKind.Signed => ((long)value).ToString(CultureInfo.InvariantCulture),
        NumberKind.SignedCharacter => Character((long)value),
        NumberKind.UnsignedCharacter => Character((long)value),
        NumberKind.Unsigned or NumberKind.Other => value.ToString(CultureInfo.InvariantCulture),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Character(long value)
    {
        var number = value.ToString(CultureInfo.InvariantCulture);
        if (value is < 0x20 or > 0x7e) return number;
        var text = new StringBuilder(number).Append(" '");
        if ((char)value is '\'' or '\\') text.Append('\\');
        return text.Append((char)value).Append('\'').ToString();
    }

    private static string Named(SourceType.Enumeration enumeration, long value)
    {
        foreach (var (name, constant) in enumeration.Values)
        {
            if (constant == value) return string.Create(CultureInfo.InvariantCulture, $"{name} ({value})");
        }

        return value.ToString(CultureInfo.InvariantCulture);
    }
}
