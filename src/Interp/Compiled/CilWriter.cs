using System.Reflection.Emit;

namespace RbpfSpec.Interp.Compiled;

/// <summary>Writes the instructions of a method in CIL, and counts what decides whether the runtime's compiler optimises it.</summary>
/// <param name="il">Where they go.</param>
internal sealed class CilWriter(ILGenerator il)
{
    /// <summary>The uses of local variables so far.</summary>
    public int Uses { get; private set; }

    /// <summary>The local variables so far.</summary>
    public int Variables { get; private set; }

    /// <summary>The basic blocks so far, about.</summary>
    public int Blocks { get; private set; }

    /// <summary>The bytes of CIL so far.</summary>
    public int Bytes => il.ILOffset;

    /// <summary>A new local variable.</summary>
    public LocalBuilder Local(Type type)
    {
        Variables++;
        return il.DeclareLocal(type);
    }

    /// <summary>A place to jump to, not yet marked.</summary>
    public Label Label() => il.DefineLabel();

    /// <summary>The place of a label is here.</summary>
    public void Mark(Label label)
    {
        Blocks++;
        il.MarkLabel(label);
    }

    /// <summary>An instruction without an operand.</summary>
    public void Do(OpCode code) => il.Emit(code);

    /// <summary>The access that follows need not be aligned.</summary>
    public void Unaligned() => il.Emit(OpCodes.Unaligned, (byte)1);

    /// <summary>An instruction that jumps.</summary>
    public void Jump(OpCode code, Label target)
    {
        Blocks++;
        il.Emit(code, target);
    }

    /// <summary>A jump by a number, from zero on.</summary>
    public void Switch(Label[] targets)
    {
        Blocks++;
        il.Emit(OpCodes.Switch, targets);
    }

    /// <summary>Puts a number of 64 bits on the stack.</summary>
    public void Number(ulong value)
    {
        var signed = (long)value;
        if (signed is >= int.MinValue and <= int.MaxValue)
        {
            il.Emit(OpCodes.Ldc_I4, (int)signed);
            il.Emit(OpCodes.Conv_I8);
        }
        else
        {
            il.Emit(OpCodes.Ldc_I8, signed);
        }
    }

    /// <summary>Puts a number of 32 bits on the stack.</summary>
    public void Number32(int value) => il.Emit(OpCodes.Ldc_I4, value);

    /// <summary>Puts a local variable on the stack.</summary>
    public void Get(LocalBuilder local)
    {
        Uses++;
        il.Emit(OpCodes.Ldloc, local);
    }

    /// <summary>Takes a local variable from the stack.</summary>
    public void Set(LocalBuilder local)
    {
        Uses++;
        il.Emit(OpCodes.Stloc, local);
    }

    /// <summary>Puts the address of a field of the state, the method's second argument, on the stack.</summary>
    /// <param name="offset">Its distance in bytes.</param>
    public void FieldOfState(int offset)
    {
        il.Emit(OpCodes.Ldarg_1);
        if (offset == 0) return;
        il.Emit(OpCodes.Ldc_I4, offset);
        il.Emit(OpCodes.Add);
    }
}
