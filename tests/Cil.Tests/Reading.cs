using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Cil.Tests;

/// <summary>Reads samples, and evaluates what they come to.</summary>
internal static class Reading
{
    /// <summary>Numbers at which operations turn.</summary>
    public static ulong[] Edges { get; } =
        [0, 1, 2, 31, 33, 63, 0x7f, 0x80, 0xff, 0x8000, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff, 0x1_0000_0001, 0x7fff_ffff_ffff_ffff,
            0x8000_0000_0000_0000, ulong.MaxValue];

    public static Term A { get; } = Make.Variable("a", 64);

    public static Term B { get; } = Make.Variable("b", 64);

    public static CilMethod Method(Type type, string name) => CilAssembly.Of(type).Method(type.FullName!.Replace('+', '/'), name);

    public static CilReading<CellMemory>.Read Of(
        CilMethod method, Sequence<CilValue> arguments, CellMemory memory, CilMutant? mutant = null) =>
        new CilReader<CellMemory>(mutant).Call(method, arguments, memory).ShouldBeOfType<CilReading<CellMemory>.Read>();

    public static CilReading<CellMemory>.Read OfTwoNumbers(CilMethod method, CilMutant? mutant = null) =>
        Of(method, [new CilValue.Number(A), new CilValue.Number(B)], CellMemory.Empty, mutant);

    /// <summary>The one way that some values lead, along which everything is defined.</summary>
    public static CilPath<CellMemory> PathOf(CilReading<CellMemory>.Read reading, Assignment values)
    {
        reading.Demands.Where(demand => values.Evaluate(demand.Holds) != UInt128.One).Select(demand => demand.What).ShouldBeEmpty();
        return reading.Paths.Where(path => path.Condition.All(term => values.Evaluate(term) == UInt128.One)).ShouldHaveSingleItem();
    }

    public static ulong ResultOf(CilReading<CellMemory>.Read reading, Assignment values) =>
        (ulong)values.Evaluate(PathOf(reading, values).End.ShouldBeOfType<CilEnd.Returned>().Value.ShouldBeOfType<CilValue.Number>().Term);

    public static Assignment Values(ulong a, ulong b) => Assignment.Zero with { Variable = variable => variable.Name == "a" ? a : b };
}
