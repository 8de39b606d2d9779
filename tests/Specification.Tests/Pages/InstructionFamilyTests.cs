using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Specification.Pages;

namespace RbpfSpec.Specification.Tests.Pages;

public partial class InstructionFamilyTests
{
    [Fact]
    public void Every_operation_is_in_one_family_and_no_family_is_empty()
    {
        OperationTable.All.Where(operation => InstructionFamily.All.Count(family => family.Has(operation)) != 1)
            .Select(operation => operation.Mnemonic).ShouldBeEmpty();
        InstructionFamily.All.Where(family => !OperationTable.All.Any(family.Has)).Select(family => family.File).ShouldBeEmpty();
    }

    [Fact]
    public void The_numbers_in_what_families_have_in_common_are_those_of_the_semantics()
    {
        const int Word = 64;
        const int Half = 32;
        foreach (var family in InstructionFamily.All)
        {
            int[] expected = family.File switch
            {
                "shifts" => [Word, Half, 0, BitOperations.Log2(Word), BitOperations.Log2(Half), Half],
                "arithmetic" or "division" or "bitwise" or "moves" => [Word, Half, 0],
                "byte-order" => [0],
                "atomic" => [Half, 0],
                "jumps" => [Word, Half, 1],
                _ => [],
            };

            Number().Matches(family.Lead).Select(match => int.Parse(match.Value, CultureInfo.InvariantCulture))
                .ShouldBe(expected, family.File);
        }
    }

    // Not the number of an RFC, of a chapter or of a deviation.
    [GeneratedRegex(@"(?<!\w|RFC |/|D-|d-)\d+(?!\w|-)", RegexOptions.None, 1000)]
    private static partial Regex Number();
}
