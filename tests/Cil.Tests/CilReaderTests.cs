using System.Reflection;
using System.Runtime.InteropServices;
using Mono.Cecil;
using Mono.Cecil.Cil;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Cil.Tests;

public sealed class CilReaderTests
{
    private const string Place = "here";

    public static TheoryData<string> Numbers =>
        [.. typeof(Samples).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Select(method => method.Name)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_method_of_two_numbers_comes_to_what_the_runtime_says(string name)
    {
        var reading = Reading.OfTwoNumbers(Reading.Method(typeof(Samples), name));
        var run = typeof(Samples).GetMethod(name)!.CreateDelegate<Func<ulong, ulong, ulong>>();

        foreach (var a in Reading.Edges)
        {
            foreach (var b in Reading.Edges)
            {
                Reading.ResultOf(reading, Reading.Values(a, b)).ShouldBe(run(a, b), $"{name} of 0x{a:x} and 0x{b:x}");
            }
        }
    }

    [Theory]
    [InlineData(nameof(PointerSamples.Fields))]
    [InlineData(nameof(PointerSamples.Neighbours))]
    public unsafe void Fields_behind_pointers_are_those_of_the_runtime(string name)
    {
        string[] fields = [nameof(Record.Small), nameof(Record.Short), nameof(Record.Middle), nameof(Record.Large)];
        int[] bits = [8, 16, 32, 64];
        ulong[] before = [0x81, 0xfffe, 0x8765_4321, 0x1122_3344_5566_7788, 0x7f, 3, 9, 0xffff_ffff_ffff_fff0];
        var memory = CellMemory.Empty;
        for (var i = 0; i < before.Length; i++) memory = new(memory.Cells.Add(Cell(i), Make.Constant(before[i], bits[i % 4])));
        var reading = Reading.Of(
            Reading.Method(typeof(PointerSamples), name), [CilValue.Pointer.To(Place), new CilValue.Number(Reading.A)], memory);

        var records = stackalloc Record[2];
        foreach (var a in Reading.Edges)
        {
            for (var i = 0; i < 2; i++)
            {
                records[i] = new()
                {
                    Small = unchecked((sbyte)before[4 * i]),
                    Short = (ushort)before[(4 * i) + 1],
                    Middle = (uint)before[(4 * i) + 2],
                    Large = before[(4 * i) + 3],
                };
            }

            var result = name == nameof(PointerSamples.Fields) ? PointerSamples.Fields(records, a) : PointerSamples.Neighbours(records, a);

            var values = Reading.Values(a, 0);
            Reading.ResultOf(reading, values).ShouldBe(result);
            var after = Reading.PathOf(reading, values).Memory.Cells;
            for (var i = 0; i < 2; i++)
            {
                ulong[] found = [.. Enumerable.Range(4 * i, 4).Select(cell => (ulong)values.Evaluate(after[Cell(cell)]))];
                found.ShouldBe([(byte)records[i].Small, records[i].Short, records[i].Middle, records[i].Large]);
            }
        }

        (string, ulong) Cell(int index) =>
            (Place, (ulong)((index / 4 * sizeof(Record)) + (int)Marshal.OffsetOf<Record>(fields[index % 4])));
    }

    [Fact]
    public unsafe void Numbers_behind_pointers_are_those_of_the_runtime()
    {
        var memory = new CellMemory(CellMemory.Empty.Cells
            .Add((Place, 0), Make.Constant(5, 64)).Add((Place, 8), Reading.B).Add((Place, 16), Make.Constant(0, 16)).Add(
                (Place, 24), Make.Constant(0x80, 8)));
        var reading = Reading.Of(
            Reading.Method(typeof(PointerSamples), nameof(PointerSamples.Numbers)),
                [CilValue.Pointer.To(Place), new CilValue.Number(Reading.A)], memory);

        var numbers = stackalloc ulong[4];
        foreach (var a in Reading.Edges)
        {
            (numbers[0], numbers[1], numbers[2], numbers[3]) = (5, 77, 0, 0x80);
            var result = PointerSamples.Numbers(numbers, a);

            Reading.ResultOf(reading, Reading.Values(a, 77)).ShouldBe(result);
            Reading.Values(a, 77).Evaluate(Reading.PathOf(reading, Reading.Values(a, 77)).Memory.Cells[(Place, 16)]).ShouldBe((ushort)a);
        }
    }

    [Fact]
    public void What_must_hold_for_an_instruction_to_be_defined_is_demanded()
    {
        var demands = Reading.OfTwoNumbers(Reading.Method(typeof(Undefined), nameof(Undefined.Quotient))).Demands;

        demands.ShouldHaveSingleItem().What.ShouldStartWith("Undefined.Quotient at IL_");
        Evaluate(1, 0).ShouldBeFalse();
        Evaluate(0x8000_0000_0000_0000, ulong.MaxValue).ShouldBeFalse();
        Evaluate(0x8000_0000_0000_0000, 1).ShouldBeTrue();

        bool Evaluate(ulong a, ulong b) => Reading.Values(a, b).Evaluate(demands[0].Holds) == UInt128.One;
    }

    [Fact]
    public void From_the_head_of_a_loop_it_leads_back_there_or_to_the_end()
    {
        var method = Reading.Method(typeof(RejectedSamples), nameof(RejectedSamples.OpenLoop));
        var reader = new CilReader<CellMemory>();
        var head = method.LoopHeads.ShouldHaveSingleItem();

        var entry = reader.Enter(
            method, [new CilValue.Number(Reading.A)], CellMemory.Empty, head).ShouldBeOfType<CilReading<CellMemory>.Read>();
        Reading.ResultOf(entry, Reading.Values(0, 0)).ShouldBe(0UL);
        var once = Reading.PathOf(entry, Reading.Values(2, 0)).End.ShouldBeOfType<CilEnd.Looped>();
        var around = Around(once);
        Reading.ResultOf(around, Reading.Values(1, 0)).ShouldBe(0UL);
        var twice = Reading.PathOf(around, Reading.Values(2, 0)).End.ShouldBeOfType<CilEnd.Looped>();
        Reading.ResultOf(Around(twice), Reading.Values(2, 0)).ShouldBe(RejectedSamples.OpenLoop(2));

        CilReading<CellMemory>.Read Around(CilEnd.Looped looped) =>
            reader.Around(looped.Frame, CellMemory.Empty).ShouldBeOfType<CilReading<CellMemory>.Read>();
    }

    [Theory]
    [Trait("Needs", "time")]
    [InlineData(nameof(RejectedSamples.Virtual), "callvirt")]
    [InlineData(nameof(RejectedSamples.Made), "newobj")]
    [InlineData(nameof(RejectedSamples.Elsewhere),
        "a method of another assembly is not known to the reader of CIL: 'call System.Void System.GC::Collect()'")]
    [InlineData(nameof(RejectedSamples.Complement), "'not '")]
    [InlineData(nameof(RejectedSamples.Pointed), "a read of 8 bytes of 'nowhere'")]
    [InlineData(nameof(RejectedSamples.OpenChoice), "a number to choose by that is open")]
    [InlineData(nameof(RejectedSamples.OpenLoop), "more than 20000 steps")]
    public void What_is_not_known_is_rejected_by_method_and_instruction(string name, string reason)
    {
        var method = Reading.Method(typeof(RejectedSamples), name);
        Sequence<CilValue> arguments = [.. method.Definition.Parameters.Select(Argument)];

        var rejected =
            new CilReader<CellMemory>().Call(method, arguments, CellMemory.Empty).ShouldBeOfType<CilReading<CellMemory>.Rejected>();

        rejected.Reason.ShouldStartWith($"RejectedSamples.{name} at IL_");
        rejected.Reason.ShouldContain(reason);
    }

    [Fact]
    public void A_variable_that_was_not_set_is_rejected()
    {
        using var module = ModuleDefinition.CreateModule("made", ModuleKind.Dll);
        var definition = new MethodDefinition("Unset", Mono.Cecil.MethodAttributes.Static, module.TypeSystem.UInt64);
        module.GetType("<Module>").Methods.Add(definition);
        definition.Body.Variables.Add(new(module.TypeSystem.UInt64));
        var code = definition.Body.GetILProcessor();
        code.Emit(OpCodes.Ldloc_0);
        code.Emit(OpCodes.Ret);

        new CilReader<CellMemory>().Call(new(CilAssembly.Of(typeof(CilReaderTests)), definition, []), [],
            CellMemory.Empty).ShouldBeOfType<CilReading<CellMemory>.Rejected>()
            .Reason.ShouldBe("<Module>.Unset at IL_0000: a variable that was not set is not known to the reader of CIL: 'ldloc.0 '");
    }

    private static CilValue Argument(ParameterDefinition parameter) => parameter.ParameterType switch
    {
        PointerType => CilValue.Pointer.To("nowhere"),
        var type => new CilValue.Number(Make.Variable(parameter.Name, type.FullName == "System.Int32" ? 32 : 64)),
    };

    private static class Undefined
    {
        public static ulong Quotient(ulong a, ulong b) => (ulong)((long)a / (long)b);
    }
}
