using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace RbpfSpec.Images.Rbf;

/// <summary>Reads the function entries of an RBF container.</summary>
internal static class RbfFunctions
{
    /// <summary>Reads all entries, in ascending order of slot; a function ends where the next starts.</summary>
    /// <param name="entries">The entries, six bytes each.</param>
    /// <param name="readOnlyData">The read-only data, in which the names stand.</param>
    /// <param name="textLength">The length of the text, in bytes.</param>
    /// <param name="functions">The functions.</param>
    /// <param name="problem">What is wrong with the first wrong entry.</param>
    public static bool TryRead(
        ReadOnlySpan<byte> entries,
        ReadOnlySpan<byte> readOnlyData,
        int textLength,
        out Sequence<ImageFunction> functions,
        [NotNullWhen(false)] out string? problem)
    {
        functions = [];
        problem = null;
        var names = new NameTable(readOnlyData.ToArray());
        var named = new List<(string Name, int Slot)>();
        for (var index = 0; index < entries.Length / RbfHeader.FunctionSize; index++)
        {
            var entry = entries.Slice(index * RbfHeader.FunctionSize, RbfHeader.FunctionSize);
            var flags = BinaryPrimitives.ReadUInt16LittleEndian(entry[2..]);
            var location = BinaryPrimitives.ReadUInt16LittleEndian(entry[4..]);
            var nameOffset = BinaryPrimitives.ReadUInt16LittleEndian(entry);
            if (!names.TryRead(nameOffset, out var name, out var nameProblem))
                problem = $"the name {nameProblem} (the read-only data)";
            else if (flags is not 0)
                problem = $"flags 0x{flags:x}; no flag of functions is known";
            else if (location % ProgramSlots.Size is not 0 || location >= textLength)
                problem = $"byte {location} of the text, which has {textLength}, does not start a slot";

            if (problem is not null)
            {
                problem = $"function {index}: {problem}";
                return false;
            }

            named.Add((name, location / ProgramSlots.Size));
        }

        functions = WithLengths(named, textLength / ProgramSlots.Size);
        return true;
    }

    private static Sequence<ImageFunction> WithLengths(List<(string Name, int Slot)> named, int textSlots)
    {
        int[] starts = [.. named.Select(static function => function.Slot).Distinct().Order(), textSlots];
        return named
            .OrderBy(static function => function.Slot)
            .Select(function => new ImageFunction(
                function.Name, function.Slot, starts[Array.BinarySearch(starts, function.Slot) + 1] - function.Slot))
            .ToSequence();
    }
}
