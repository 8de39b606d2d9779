using System.Globalization;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Setups;

/// <summary>A part of the state after an instruction: the value that an effect leaves there, and the value that a claim expects.</summary>
/// <param name="What">Its name, which may depend on the values of a model.</param>
/// <param name="Is">What an effect leaves there: bits, or a truth value.</param>
/// <param name="Should">What should be there.</param>
public sealed record ComparedValue(Func<Assignment, string> What, Term Is, Term Should)
{
    /// <summary>A part whose name depends on nothing.</summary>
    public ComparedValue(string what, Term isThere, Term should)
        : this(_ => what, isThere, should)
    {
    }

    /// <summary>A register of a state.</summary>
    public static ComparedValue Of(int number, State<TermWord> after, Term should) =>
        new($"r{number}", after.Registers[number].Term, should);

    /// <summary>The name of the register that a field names.</summary>
    /// <param name="role">What the field is called.</param>
    /// <param name="field">Its value.</param>
    public static Func<Assignment, string> Named(string role, TermWord field) =>
        assignment => string.Create(CultureInfo.InvariantCulture, $"{role} r{(ulong)assignment.Evaluate(field.Term)}");

    /// <summary>The name of a byte of a region.</summary>
    /// <param name="region">The region's name.</param>
    /// <param name="address">The byte's address.</param>
    public static Func<Assignment, string> ByteAt(string region, Term address) =>
        assignment => $"the byte of region '{region}' at {Hex(assignment.Evaluate(address))}";

    /// <summary>The parts that are not as they should be under a model, a line each.</summary>
    /// <param name="whose">Who says how they should be.</param>
    /// <param name="parts">The parts.</param>
    /// <param name="assignment">The model.</param>
    public static IEnumerable<string> Differences(string whose, IEnumerable<ComparedValue> parts, Assignment assignment) =>
        from part in parts
        let isThere = assignment.Evaluate(part.Is)
        let should = assignment.Evaluate(part.Should)
        where isThere != should
        select part.Is.Sort is Sort.Bool
            ? $"{whose}: {part.What(assignment)}: {(should == UInt128.One ? "yes" : "no")}, not {(isThere == UInt128.One ? "yes" : "no")}"
            : $"{whose}: {part.What(assignment)} = {Hex(should)}, not {Hex(isThere)}";

    internal static string Hex(UInt128 value) => $"0x{value.ToString("x", CultureInfo.InvariantCulture)}";
}
