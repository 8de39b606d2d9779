using Mono.Cecil;
using Mono.Cecil.Rocks;
using RbpfSpec.Cil;
using RbpfSpec.Proofs.Mutants;

namespace RbpfSpec.Bench.Mutants;

/// <summary>Mutants of the fast machine as assemblies that can be loaded.</summary>
internal static class MutantFile
{
    /// <summary>The assembly with one instruction replaced.</summary>
    /// <param name="assembly">The file of the assembly.</param>
    /// <param name="place">The instruction.</param>
    /// <param name="index">Which of its mutants, from 0.</param>
    public static MemoryStream Of(string assembly, CodePlace place, int index)
    {
        using var module = ModuleDefinition.ReadModule(assembly, new() { InMemory = true });
        var method = module.GetTypes().SelectMany(type => type.Methods).Single(method => method.FullName == place.Method);
        var at = method.Body.Instructions.Single(instruction => instruction.Offset == place.Offset);
        var instead = CilMutant.Of([(method, at)]).ElementAt(index).Instead;

        // A branch may now be too long for its short form. Other instructions lead to this one, so it is changed where it is.
        method.Body.SimplifyMacros();
        (at.OpCode, at.Operand) = (instead.OpCode, instead.Operand);
        var stream = new MemoryStream();
        module.Write(stream);
        stream.Position = 0;
        return stream;
    }
}
