using System.Collections.Immutable;
using Mono.Cecil;
using Mono.Cecil.Cil;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Cil;

/// <summary>One instruction of one path.</summary>
internal sealed class CilStep<TMemory>
    where TMemory : class, ICilMemory<TMemory>
{
    private readonly CilReader<TMemory> reader;
    private readonly CilWalker<TMemory> walker;
    private readonly ImmutableList<Term> premises;
    private readonly CilFrame frame;
    private readonly Instruction at;

    /// <summary>An instruction about to be executed.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="walker">The path.</param>
    /// <param name="premises">What holds where the method was called.</param>
    public CilStep(CilReader<TMemory> reader, CilWalker<TMemory> walker, ImmutableList<Term> premises)
    {
        this.reader = reader;
        this.walker = walker;
        this.premises = premises;
        frame = walker.Frame;
        at = reader.At(frame);
    }

    /// <summary>The paths that the instruction ended.</summary>
    public List<CilPath<TMemory>> Ended { get; } = [];

    /// <summary>Executes it; yields the paths that go on.</summary>
    public IEnumerable<CilWalker<TMemory>> Execute() => at.OpCode.Code switch
    {
        Code.Nop or Code.Constrained or Code.Unaligned => [Next(Popped(0))],
        Code.Neg when Top() is CilValue.Number(var term) => [Next(Popped(1).Add(new CilValue.Number(Make.Constant(0, term.Width) - term)))],
        Code.Dup => [Next(Popped(0).Add(Top()))],
        Code.Pop => [Next(Popped(1))],
        Code.Br or Code.Br_S => [To((Instruction)at.Operand, Popped(0))],
        Code.Brtrue or Code.Brtrue_S => Branch(Truth(), 1),
        Code.Brfalse or Code.Brfalse_S => Branch(!Truth(), 1),
        Code.Switch => [Switch((Instruction[])at.Operand)],
        Code.Ret => Return(),
        Code.Call => Call((MethodReference)at.Operand),
        Code.Calli => CallThroughPointer((CallSite)at.Operand),
        Code.Ldarg or Code.Ldarg_S or Code.Ldarg_0 or Code.Ldarg_1 or Code.Ldarg_2 or Code.Ldarg_3 => [Pushes(frame.Arguments[Argument()])],
        Code.Starg or Code.Starg_S => [SetArgument()],
        Code.Ldloc or Code.Ldloc_S or Code.Ldloc_0 or Code.Ldloc_1 or Code.Ldloc_2 or Code.Ldloc_3 =>
            [Pushes(frame.Locals[Local()] ?? throw Unknown("a variable that was not set"))],
        Code.Stloc or Code.Stloc_S or Code.Stloc_0 or Code.Stloc_1 or Code.Stloc_2 or Code.Stloc_3 => [SetLocal()],
        Code.Ldfld => [Load(FieldType, Field(1))],
        Code.Ldflda => [Next(Popped(1).Add(Field(1)))],
        Code.Stfld => [Store(CilLayout.SizeOf(FieldType), Field(2))],
        Code.Sizeof => [Pushes(Number(CilLayout.SizeOf(frame.Method.Resolve((TypeReference)at.Operand)), 32))],
        Code.Ldc_I8 => [Pushes(Number((long)at.Operand, 64))],
        Code.Ldc_I4 => [Pushes(Number((int)at.Operand, 32))],
        Code.Ldc_I4_S => [Pushes(Number((sbyte)at.Operand, 32))],
        >= Code.Ldc_I4_M1 and <= Code.Ldc_I4_8 => [Pushes(Number(at.OpCode.Code - Code.Ldc_I4_0, 32))],
        Code.Ldind_I1 => [Load(1, CilKind.Number, isSigned: true, Address(1))],
        Code.Ldind_U1 => [Load(1, CilKind.Number, isSigned: false, Address(1))],
        Code.Ldind_I2 => [Load(2, CilKind.Number, isSigned: true, Address(1))],
        Code.Ldind_U2 => [Load(2, CilKind.Number, isSigned: false, Address(1))],
        Code.Ldind_I4 or Code.Ldind_U4 => [Load(4, CilKind.Number, isSigned: false, Address(1))],
        Code.Ldind_I8 => [Load(8, CilKind.Number, isSigned: false, Address(1))],
        Code.Ldind_I => [Load(8, CilKind.Pointer, isSigned: false, Address(1))],
        Code.Stind_I1 => [Store(1, Address(2))],
        Code.Stind_I2 => [Store(2, Address(2))],
        Code.Stind_I4 => [Store(4, Address(2))],
        Code.Stind_I8 or Code.Stind_I => [Store(8, Address(2))],
        _ => Compute(),
    };

    private TypeReference FieldType => ((FieldReference)at.Operand).FieldType;

    private IEnumerable<CilWalker<TMemory>> Compute()
    {
        var code = at.OpCode.Code;
        if (CilArithmetic.Convert(code, Top()) is { } converted) return [Next(Popped(1).Add(converted))];
        if (CilArithmetic.Binary(code, Top(2), Top()) is var (result, defined))
        {
            Demand(defined, "is defined");
            return [Next(Popped(2).Add(result))];
        }

        return CilArithmetic.Comparison(code, Top(2), Top()) is not { } holds ? throw Unknown("the instruction, or one of its operands,")
            : at.Operand is Instruction ? Branch(holds, 2)
            : [Next(Popped(2).Add(CilArithmetic.Number(holds)))];
    }

    private IEnumerable<CilWalker<TMemory>> Branch(Term condition, int popped)
    {
        var (target, rest) = ((Instruction)at.Operand, Popped(popped));
        var otherwise = !condition;
        if (condition.IsTrue || Holds(condition)) return [To(target, rest)];
        if (condition.IsFalse || Holds(otherwise)) return [Next(rest)];
        return
        [
            To(target, rest) with { Condition = walker.Condition.Add(condition) },
            Next(rest) with { Condition = walker.Condition.Add(otherwise) },
        ];
    }

    private bool Holds(Term condition) => walker.Condition.Contains(condition) || premises.Contains(condition);

    private CilWalker<TMemory> Switch(Instruction[] targets)
    {
        if (Top() is not CilValue.Number { Term: { IsConstant: true } number }) throw Unknown("a number to choose by that is open");
        return number.Value < (uint)targets.Length ? To(targets[(int)number.Value], Popped(1)) : Next(Popped(1));
    }

    private IEnumerable<CilWalker<TMemory>> Return()
    {
        Ended.Add(new(walker.Condition, new CilEnd.Returned(frame.Stack.IsEmpty ? null : Top()), walker.Memory));
        return [];
    }

    private List<CilWalker<TMemory>> Call(MethodReference called)
    {
        var constraint = frame.At.Previous is { OpCode.Code: Code.Constrained } prefix ? (TypeReference)prefix.Operand : null;
        var arguments = frame.Stack[^called.Parameters.Count..];
        var rest = Popped(arguments.Length);
        if (frame.Method.Assembly.CalleeOf(frame.Method, called, constraint) is not { } callee)
        {
            var name = $"{called.DeclaringType.FullName}::{called.Name}";
            var outside = walker.Memory.Call(name, [.. arguments]) ?? throw Unknown("a method of another assembly");
            Demand(outside.Allowed, "may be called so");
            return [Next(rest) with { Memory = outside.Result }];
        }

        List<CilWalker<TMemory>> next = [];
        foreach (var path in reader.Nested(callee, arguments, walker.Memory, premises.AddRange(walker.Condition)))
        {
            var condition = walker.Condition.AddRange(path.Condition);
            switch (path.End)
            {
                case CilEnd.Returned(var value):
                    next.Add(new(Next(value is null ? rest : rest.Add(value)).Frame, condition, path.Memory));
                    break;
                case CilEnd.Went when IsLast:
                    Ended.Add(path with { Condition = condition });
                    break;
                default:
                    throw Unknown("a method that ends so");
            }
        }

        return next;
    }

    private IEnumerable<CilWalker<TMemory>> CallThroughPointer(CallSite site)
    {
        if (!IsLast || Top() is not CilValue.Function target) throw Unknown("a call through a pointer that is not the last");
        var arguments = frame.Stack[^(site.Parameters.Count + 1)..^1];
        Ended.Add(new(walker.Condition, new CilEnd.Went(target, [.. arguments]), walker.Memory));
        return [];
    }

    // Whether nothing is done after this instruction but to return its result.
    private bool IsLast => frame.At.Next?.OpCode.Code is Code.Ret;

    private CilWalker<TMemory> Load(TypeReference type, CilValue.Pointer from) =>
        Load(CilLayout.SizeOf(type), CilLayout.KindOf(type), type.FullName is "System.SByte" or "System.Int16", from);

    private CilWalker<TMemory> Load(int bytes, CilKind kind, bool isSigned, CilValue.Pointer from)
    {
        var access = walker.Memory.Load(from, bytes, kind) ?? throw Unknown($"a read of {bytes} bytes of '{from.Place}' at {from.Offset}");
        Demand(access.Allowed, "reads what it may");
        return Next(Popped(1).Add(access.Result is CilValue.Number(var term) && term.Width < 32
            ? new CilValue.Number(isSigned ? term.SignExtended(32) : term.ZeroExtended(32))
            : access.Result));
    }

    private CilWalker<TMemory> Store(int bytes, CilValue.Pointer to)
    {
        var value = Top() is CilValue.Number(var term)
            ? term.Width >= bytes * 8 ? new CilValue.Number(term.Bits(0, bytes * 8)) : throw Unknown("a number too narrow to store")
            : Top();
        var access = walker.Memory.Store(to, bytes, value) ?? throw Unknown($"a write of {bytes} bytes of '{to.Place}' at {to.Offset}");
        Demand(access.Allowed, "writes where it may");
        return Next(Popped(2)) with { Memory = access.Result };
    }

    private CilWalker<TMemory> SetArgument()
    {
        var next = Next(Popped(1));
        return next with { Frame = next.Frame with { Arguments = frame.Arguments.SetItem(Argument(), Top()) } };
    }

    private CilWalker<TMemory> SetLocal()
    {
        var next = Next(Popped(1));
        return next with { Frame = next.Frame with { Locals = frame.Locals.SetItem(Local(), Top()) } };
    }

    private int Argument() => at.OpCode.Code switch
    {
        Code.Ldarg_0 => 0,
        Code.Ldarg_1 => 1,
        Code.Ldarg_2 => 2,
        Code.Ldarg_3 => 3,
        _ => ((ParameterReference)at.Operand).Index,
    };

    private int Local() => at.OpCode.Code switch
    {
        Code.Ldloc_0 or Code.Stloc_0 => 0,
        Code.Ldloc_1 or Code.Stloc_1 => 1,
        Code.Ldloc_2 or Code.Stloc_2 => 2,
        Code.Ldloc_3 or Code.Stloc_3 => 3,
        _ => ((VariableReference)at.Operand).Index,
    };

    private CilValue Top(int depth = 1) => frame.Stack.Length >= depth ? frame.Stack[^depth] : throw Unknown("the instruction");

    private CilValue.Pointer Address(int depth) => Top(depth) as CilValue.Pointer ?? throw Unknown("an address that is no pointer");

    private CilValue.Pointer Field(int depth) => Address(depth).Plus(frame.Method.Assembly.OffsetOf((FieldReference)at.Operand));

    private Term Truth() => CilArithmetic.Truth(Top());

    private ImmutableArray<CilValue> Popped(int count) => frame.Stack.RemoveRange(frame.Stack.Length - count, count);

    private CilWalker<TMemory> Pushes(CilValue value) => Next(frame.Stack.Add(value));

    private CilWalker<TMemory> Next(ImmutableArray<CilValue> stack) => To(frame.At.Next, stack);

    private CilWalker<TMemory> To(Instruction target, ImmutableArray<CilValue> stack) =>
        walker with { Frame = frame with { At = target, Stack = stack } };

    private void Demand(Term holds, string what)
    {
        if (holds.IsTrue) return;
        reader.Demand(new(
            Make.All(premises.AddRange(walker.Condition)).Implies(holds),
                $"{frame.Method} at IL_{frame.At.Offset:x4}: {at.OpCode.Name} {what}"));
    }

    private UnknownCode Unknown(string what) => new(frame, what);

    private static CilValue.Number Number(long value, int width) => CilValue.Number.Of(unchecked((ulong)value), width);
}
