using System.Globalization;
using RbpfSpec.Assembly.Text;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Assembly.Patterns;

/// <summary>Parts from tokens.</summary>
internal static class PartReader
{
    // GNU as has this name for r10.
    private const string FramePointer = "%fp";

    // What may stand before a number to say what it is of: no function is called so without one of them.
    private static readonly HashSet<string> Kinds =
        [.. OperationTable.All.OfType<CallOperation>().Select(operation => operation.Callee)];

    /// <summary>Goes past a part and notes its fields; where there is none, notes what was expected.</summary>
    public static bool Read(Part part, Cursor cursor) => part switch
    {
        Part.Fixed { Tokens: var tokens } => ReadFixed(tokens, cursor),
        Part.Name(var field, var prefix) => ReadRegister(field, prefix, cursor),
        Part.Number(var field) => ReadNumber(field, cursor),
        Part.WideNumber(_, var hasHighHalf, var mayBeAddress) => ReadWide(hasHighHalf, mayBeAddress, cursor),
        Part.Addend { Field: var field } => ReadAddend(field, cursor),
        Part.Distance(var field, var mayBeBare) => ReadDistance(field, mayBeBare, cursor),
        Part.Callee => ReadCallee(cursor),
    };

    private static bool ReadFixed(Sequence<string> tokens, Cursor cursor)
    {
        foreach (var token in tokens)
        {
            if (!cursor.Accept(token)) return cursor.Refuse($"'{token}'");
        }

        return true;
    }

    private static bool ReadRegister(Field field, string prefix, Cursor cursor)
    {
        var text = cursor.Current.Text;
        var isAnyCase = cursor.IsC;
        var isNamed = text.StartsWith(prefix, isAnyCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal)
            && text.AsSpan(prefix.Length).ContainsAnyExceptInRange('0', '9') is false;
        var isFramePointer = isAnyCase && text == FramePointer && prefix[0] == FramePointer[0];
        var known = isFramePointer ? Register.Last : isNamed ? Number(text.AsSpan(prefix.Length)) : null;
        if (known is not { } number)
            return cursor.Refuse($"a register from {prefix}0 to {prefix}{Register.Last}", isNear: isNamed);
        if (!cursor.TrySet(field, number))
            return cursor.Refuse($"'{prefix}{cursor.Values[field]}' again", isNear: true);
        cursor.Skip();
        return true;
    }

    private static byte? Number(ReadOnlySpan<char> digits) =>
        byte.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number <= Register.Last
        && digits.Length == (number > 9 ? 2 : 1)
            ? number
            : null;

    private static bool ReadNumber(Field field, Cursor cursor) =>
        cursor.AcceptNumber(
            int.MinValue, uint.MaxValue, $"a number from {int.MinValue} to {uint.MaxValue}", out var value)
        && cursor.TrySet(field, unchecked((int)(long)value));

    private static bool ReadWide(bool hasHighHalf, bool mayBeAddress, Cursor cursor)
    {
        if (mayBeAddress && cursor.IsC && cursor.AcceptAddress()) return true;
        var (least, greatest) = hasHighHalf ? (long.MinValue, ulong.MaxValue) : (int.MinValue, uint.MaxValue);
        if (!cursor.AcceptNumber(least, greatest, $"a number from {least} to {greatest}", out var value)) return false;
        cursor.SetWide(unchecked((ulong)value) & (hasHighHalf ? ulong.MaxValue : uint.MaxValue));
        return true;
    }

    private static bool ReadAddend(Field field, Cursor cursor)
    {
        if (cursor.Current.Text is "+" or "-") return ReadSigned(field, "an offset", cursor);

        // Nothing stands for zero; but if what comes next is wrong, an offset would have been right too.
        cursor.Refuse("an offset such as +4");
        return cursor.TrySet(field, 0);
    }

    private static bool ReadDistance(Field field, bool mayBeBare, Cursor cursor)
    {
        if (cursor.AcceptLabel()) return SkipTarget(cursor);
        var isBare = cursor.Current.Kind is TokenKind.Number && (mayBeBare || cursor.IsC);
        if (!isBare && cursor.Current.Text is not ("+" or "-")) return cursor.Refuse("a label or a distance such as +3");
        return ReadSigned(field, "a distance", cursor) && SkipTarget(cursor);
    }

    private static bool ReadCallee(Cursor cursor)
    {
        var isKind = Kinds.Contains(cursor.Current.Text);
        return (!isKind && !cursor.Current.IsRegister && cursor.AcceptLabel()) || cursor.Refuse("the label of a function");
    }

    private static bool ReadSigned(Field field, string what, Cursor cursor)
    {
        var greatest = (long)(field.Width().Mask / 2);
        var least = -greatest - 1;
        // A plus belongs to the number; a minus is what negative numbers start with anyway. GNU as writes both: +-4.
        var isPositive = cursor.Accept("+") && !cursor.IsC;
        return cursor.AcceptNumber(isPositive ? 0 : least, greatest, $"{what} from {least} to +{greatest}", out var value)
            && cursor.TrySet(field, (int)value);
    }

    // What llvm-objdump prints after a distance, as in <LBB0_2> or <f+0x18>, is a comment.
    private static bool SkipTarget(Cursor cursor)
    {
        if (!cursor.Accept("<")) return true;
        while (cursor.Current.Kind is not TokenKind.End && cursor.Current.Text != ">") cursor.Skip();
        return cursor.Accept(">") || cursor.Refuse("'>'");
    }
}
