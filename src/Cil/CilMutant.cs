using Mono.Cecil;
using Mono.Cecil.Cil;

namespace RbpfSpec.Cil;

/// <summary>One instruction of compiled code read as another: a mutant, the code itself untouched.</summary>
/// <param name="Method">The method.</param>
/// <param name="At">The instruction.</param>
/// <param name="Instead">What it is read as.</param>
public sealed record CilMutant(MethodDefinition Method, Instruction At, Instruction Instead)
{
    /// <summary>Every mutant of some instructions, in the order of their methods' names and of their places.</summary>
    /// <param name="met">The instructions, each with its method.</param>
    public static IEnumerable<CilMutant> Of(IEnumerable<(MethodDefinition Method, Instruction At)> met) =>
        from instruction in met.OrderBy(place => place.Method.FullName, StringComparer.Ordinal).ThenBy(place => place.At.Offset)
        from other in Alternatives(instruction.Method, instruction.At)
        select new CilMutant(instruction.Method, instruction.At, other);

    /// <summary>The place and the change, as in <c>Steps.Alu32X at IL_000f: conv.u4 -> conv.i4</c>.</summary>
    public override string ToString() =>
        $"{Method.DeclaringType.Name}.{Method.Name} at IL_{At.Offset:x4}: {Text(At)} -> {Text(Instead)}";

    /// <summary>Whether a path is about to execute the instruction.</summary>
    internal bool IsAt(CilFrame frame) => frame.At == At && frame.Method.Definition == Method;

    private static string Text(Instruction instruction) => instruction.Operand switch
    {
        null => instruction.OpCode.Name,
        MemberReference member => $"{instruction.OpCode.Name} {member.Name}",
        Instruction target => $"{instruction.OpCode.Name} IL_{target.Offset:x4}",
        var operand => $"{instruction.OpCode.Name} {operand}",
    };

    private static IEnumerable<Instruction> Alternatives(MethodDefinition method, Instruction at) => at.OpCode.Code switch
    {
        Code.Add => [Instruction.Create(OpCodes.Sub)],
        Code.Sub => [Instruction.Create(OpCodes.Add)],
        Code.Mul => [Instruction.Create(OpCodes.Add)],
        Code.And => [Instruction.Create(OpCodes.Or), Instruction.Create(OpCodes.Xor)],
        Code.Or => [Instruction.Create(OpCodes.And), Instruction.Create(OpCodes.Xor)],
        Code.Xor => [Instruction.Create(OpCodes.Or), Instruction.Create(OpCodes.And)],
        Code.Div => [Instruction.Create(OpCodes.Div_Un), Instruction.Create(OpCodes.Rem)],
        Code.Div_Un => [Instruction.Create(OpCodes.Div), Instruction.Create(OpCodes.Rem_Un)],
        Code.Rem => [Instruction.Create(OpCodes.Rem_Un), Instruction.Create(OpCodes.Div)],
        Code.Rem_Un => [Instruction.Create(OpCodes.Rem), Instruction.Create(OpCodes.Div_Un)],
        Code.Shl => [Instruction.Create(OpCodes.Shr_Un)],
        Code.Shr => [Instruction.Create(OpCodes.Shr_Un), Instruction.Create(OpCodes.Shl)],
        Code.Shr_Un => [Instruction.Create(OpCodes.Shr), Instruction.Create(OpCodes.Shl)],
        Code.Conv_U8 => [Instruction.Create(OpCodes.Conv_I8)],
        Code.Conv_I8 => [Instruction.Create(OpCodes.Conv_U8)],
        Code.Conv_U1 => [Instruction.Create(OpCodes.Conv_I1), Instruction.Create(OpCodes.Conv_U2)],
        Code.Conv_I1 => [Instruction.Create(OpCodes.Conv_U1), Instruction.Create(OpCodes.Conv_I2)],
        Code.Conv_U2 => [Instruction.Create(OpCodes.Conv_I2), Instruction.Create(OpCodes.Conv_U1)],
        Code.Conv_I2 => [Instruction.Create(OpCodes.Conv_U2), Instruction.Create(OpCodes.Conv_I1)],
        Code.Conv_U4 or Code.Conv_I4 => [Instruction.Create(OpCodes.Conv_U2)],
        Code.Brtrue or Code.Brtrue_S => [Instruction.Create(OpCodes.Brfalse, (Instruction)at.Operand)],
        Code.Brfalse or Code.Brfalse_S => [Instruction.Create(OpCodes.Brtrue, (Instruction)at.Operand)],
        Code.Beq or Code.Beq_S => [Branch(OpCodes.Bne_Un, at)],
        Code.Bne_Un or Code.Bne_Un_S => [Branch(OpCodes.Beq, at)],
        Code.Blt_Un or Code.Blt_Un_S => [Branch(OpCodes.Blt, at), Branch(OpCodes.Ble_Un, at), Branch(OpCodes.Bge_Un, at)],
        Code.Bge_Un or Code.Bge_Un_S => [Branch(OpCodes.Bge, at), Branch(OpCodes.Bgt_Un, at), Branch(OpCodes.Blt_Un, at)],
        Code.Bgt_Un or Code.Bgt_Un_S => [Branch(OpCodes.Bgt, at), Branch(OpCodes.Bge_Un, at), Branch(OpCodes.Ble_Un, at)],
        Code.Ble_Un or Code.Ble_Un_S => [Branch(OpCodes.Ble, at), Branch(OpCodes.Blt_Un, at), Branch(OpCodes.Bgt_Un, at)],
        Code.Ceq => [Instruction.Create(OpCodes.Clt_Un)],
        Code.Clt => [Instruction.Create(OpCodes.Clt_Un), Instruction.Create(OpCodes.Cgt)],
        Code.Clt_Un => [Instruction.Create(OpCodes.Clt), Instruction.Create(OpCodes.Cgt_Un)],
        Code.Cgt => [Instruction.Create(OpCodes.Cgt_Un), Instruction.Create(OpCodes.Clt)],
        Code.Cgt_Un => [Instruction.Create(OpCodes.Cgt), Instruction.Create(OpCodes.Clt_Un)],
        Code.Ldind_U1 => [Instruction.Create(OpCodes.Ldind_I1), Instruction.Create(OpCodes.Ldind_U2)],
        Code.Ldind_U2 => [Instruction.Create(OpCodes.Ldind_I2), Instruction.Create(OpCodes.Ldind_U1)],
        Code.Stind_I2 => [Instruction.Create(OpCodes.Stind_I1)],
        Code.Stind_I4 => [Instruction.Create(OpCodes.Stind_I2)],
        >= Code.Ldc_I4_M1 and < Code.Ldc_I4_8 => [Instruction.Create(OpCodes.Ldc_I4, at.OpCode.Code - Code.Ldc_I4_0 + 1)],
        Code.Ldc_I4_8 => [Instruction.Create(OpCodes.Ldc_I4, 16)],
        Code.Ldc_I4_S => [Instruction.Create(OpCodes.Ldc_I4, (sbyte)at.Operand + 1)],
        Code.Ldc_I4 => [Instruction.Create(OpCodes.Ldc_I4, (int)at.Operand + 1)],
        Code.Ldc_I8 => [Instruction.Create(OpCodes.Ldc_I8, (long)at.Operand + 1)],
        Code.Ldfld or Code.Ldflda => Others((FieldReference)at.Operand).Select(other => Instruction.Create(at.OpCode, other)),
        Code.Call => OtherCalls(method, at),
        _ => [],
    };

    private static Instruction Branch(OpCode code, Instruction at) => Instruction.Create(code, (Instruction)at.Operand);

    // The next field of the same type, around the corner.
    private static IEnumerable<FieldReference> Others(FieldReference field)
    {
        var alike = field.Resolve().DeclaringType.Fields.Where(
            other => !other.IsStatic && other.FieldType.FullName == field.FieldType.FullName).ToList();
        var index = alike.FindIndex(other => other.Name == field.Name);
        return alike.Count < 2 ? [] : [alike[(index + 1) % alike.Count]];
    }

    // The next method of the same type with the same parameters and the same arity.
    private static IEnumerable<Instruction> OtherCalls(MethodDefinition method, Instruction at)
    {
        var called = (MethodReference)at.Operand;
        if (at.Previous?.OpCode.Code is Code.Constrained || called.Resolve() is not { } definition || definition.Module != method.Module)
        {
            yield break;
        }

        var alike = definition.DeclaringType.Methods.Where(other => IsLike(other, definition)).ToList();
        if (alike.Count < 2) yield break;
        var other = alike[(alike.IndexOf(definition) + 1) % alike.Count];
        if (called is not GenericInstanceMethod generic)
        {
            yield return Instruction.Create(OpCodes.Call, other);
            yield break;
        }

        var instance = new GenericInstanceMethod(other);
        foreach (var argument in generic.GenericArguments) instance.GenericArguments.Add(argument);
        yield return Instruction.Create(OpCodes.Call, instance);
    }

    private static bool IsLike(MethodDefinition other, MethodDefinition definition) =>
        other.ReturnType.FullName == definition.ReturnType.FullName
        && other.Parameters.Select(parameter => parameter.ParameterType.FullName)
            .SequenceEqual(definition.Parameters.Select(parameter => parameter.ParameterType.FullName))
        && other.GenericParameters.Select(Constraints).SequenceEqual(definition.GenericParameters.Select(Constraints));

    private static string Constraints(GenericParameter parameter) =>
        string.Join(",", parameter.Constraints.Select(constraint => constraint.ConstraintType.FullName));
}
