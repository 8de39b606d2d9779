using System.Security.Cryptography;
using Mono.Cecil;
using Mono.Cecil.Cil;
using RbpfSpec.Interp;
using RbpfSpec.Proofs;
using RbpfSpec.Proving.Ledgers;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Proving.Tests.Ledgers;

public class CodeHashTests : Scratch
{
    public static TheoryData<string> Kinds =>
        ["constant", "instruction", "string", "resource", "enumeration", "name", "signature", "method", "order of methods", "initial data"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_change_of_any_kind_changes_the_hash(string kind)
    {
        var source = kind is "resource" ? typeof(Catalogue).Assembly.Location : typeof(Vm).Assembly.Location;
        var (same, changed) = (Rewritten(source, _ => { }), Rewritten(source, module => Change(module, kind)));

        Hash(changed).ShouldNotBe(Hash(same));
    }

    [Fact]
    public void Where_code_stands_and_the_id_of_the_module_do_not_count()
    {
        var source = typeof(Trap).Assembly.Location;

        // Written anew, everything stands elsewhere, and the id is another.
        var (one, other) =
            (Rewritten(source, module => module.Mvid = Guid.NewGuid()), Rewritten(source, module => module.Mvid = Guid.NewGuid()));

        File.ReadAllBytes(one).ShouldNotBe(File.ReadAllBytes(other));
        Hash(one).ShouldBe(Hash(other));
    }

    [Fact]
    public void The_folder_of_the_sources_does_not_count()
    {
        var source = typeof(Vm).Assembly.Location;
        string Named(string name) => Rewritten(source, module => module.GetTypes().First(type => type.Name == nameof(Vm)).Name = name);
        string Local(char digit, string name) => Named($"<File>F{new string(digit, 64)}__{name}");

        Hash(Local('A', "Vm")).ShouldBe(Hash(Local('0', "Vm")));
        Hash(Local('A', "Vm")).ShouldNotBe(Hash(Local('A', "Wm")));
        Hash(Named($"F{new string('A', 64)}__Vm")).ShouldNotBe(Hash(Named($"F{new string('0', 64)}__Vm")));
    }

    private static void Change(ModuleDefinition module, string kind)
    {
        var bodies = module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody).Select(method => method.Body)
            .ToList();
        switch (kind)
        {
            case "constant":
                var constant = bodies.SelectMany(body => body.Instructions).First(at => at.OpCode == OpCodes.Ldc_I4);
                constant.Operand = (int)constant.Operand ^ 1;
                break;
            case "instruction":
                bodies.SelectMany(body => body.Instructions).First(at => at.OpCode == OpCodes.Sub).OpCode = OpCodes.Add;
                break;
            case "string":
                var text = bodies.SelectMany(body => body.Instructions).First(at => at.OpCode == OpCodes.Ldstr);
                text.Operand = $"{text.Operand}.";
                break;
            case "resource":
                var resource = module.Resources.OfType<EmbeddedResource>().First();
                var bytes = resource.GetResourceData();
                bytes[^1] ^= 1;
                module.Resources[module.Resources.IndexOf(resource)] = new EmbeddedResource(resource.Name, resource.Attributes, bytes);
                break;
            case "enumeration":
                var field = module.GetTypes().First(type => type.IsEnum).Fields.Last(member => member.HasConstant);
                field.Constant = Convert.ChangeType(77, field.Constant.GetType(), System.Globalization.CultureInfo.InvariantCulture);
                break;
            case "name":
                module.GetTypes().First(type => type.Name == nameof(Vm)).Name = "Other";
                break;
            case "signature":
                bodies.First(body => body.Method.IsStatic && body.Method.Parameters.Count == 1).Method.Parameters[0].ParameterType =
                    module.TypeSystem.Object;
                break;
            case "method":
                var type = module.GetTypes().First(each => each.Name == nameof(Vm));
                type.Methods.Add(
                    new("More", MethodAttributes.Public | MethodAttributes.Abstract | MethodAttributes.Virtual, module.TypeSystem.Void));
                break;
            case "order of methods":
                var methods = module.GetTypes().First(each => each.Name == nameof(Vm)).Methods;
                (methods[0], methods[1]) = (methods[1], methods[0]);
                break;
            case "initial data":
                var data = module.GetTypes().SelectMany(each => each.Fields).FirstOrDefault(each => each.InitialValue.Length > 0);
                if (data is null) goto case "constant";
                var changed = data.InitialValue.ToArray();
                changed[0] ^= 1;
                data.InitialValue = changed;
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind));
        }
    }

    private string Rewritten(string source, Action<ModuleDefinition> change)
    {
        var target = At($"{Path.GetRandomFileName()}.dll");
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(Path.GetDirectoryName(source));
        using var module = ModuleDefinition.ReadModule(source, new() { InMemory = true, AssemblyResolver = resolver });
        change(module);
        module.Write(target);
        return target;
    }

    private static string Hash(string file)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var stream = File.OpenRead(file);
        CodeHash.Append(hash, stream);
        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
