using System.Collections.Immutable;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Dmarc.Tests.Support;

/// <summary>Which types of a compiled assembly use which others of it: by base types, members, attributes and the code of methods.</summary>
internal sealed class AssemblyArrows
{
    private static readonly Dictionary<int, OperandType> Operands = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value & 0xFFFF, code => code.OperandType);

    private readonly MetadataReader _reader;
    private readonly SignatureTypes _types = new();
    private readonly HashSet<(TypeDefinitionHandle From, TypeDefinitionHandle To)> _arrows = [];

    private AssemblyArrows(PEReader file)
    {
        _reader = file.GetMetadataReader();
        foreach (TypeDefinitionHandle handle in _reader.TypeDefinitions)
        {
            TypeDefinitionHandle outer = Outer(handle);
            foreach (EntityHandle used in Used(file, _reader.GetTypeDefinition(handle)))
            {
                Add(outer, used);
            }
        }
    }

    /// <summary>Reads an assembly.</summary>
    public static AssemblyArrows Read(string path)
    {
        using FileStream stream = File.OpenRead(path);
        using PEReader file = new(stream);
        AssemblyArrows arrows = new(file);
        MetadataReader reader = arrows._reader;
        arrows.Types = [.. reader.TypeDefinitions.Where(handle => !reader.GetTypeDefinition(handle).IsNested).Select(arrows.NameOf)];
        arrows.References =
            [.. reader.AssemblyReferences.Select(handle => reader.GetString(reader.GetAssemblyReference(handle).Name))];
        arrows.Arrows = [.. arrows._arrows.Select(arrow => (arrows.NameOf(arrow.From), arrows.NameOf(arrow.To)))];
        return arrows;
    }

    /// <summary>The types that are not inside others.</summary>
    public IReadOnlyList<(string Namespace, string Name)> Types { get; private set; } = [];

    /// <summary>The assemblies that it uses.</summary>
    public IReadOnlyList<string> References { get; private set; } = [];

    /// <summary>Who uses whom.</summary>
    public IReadOnlyList<((string Namespace, string Name) From, (string Namespace, string Name) To)> Arrows { get; private set; } = [];

    private (string Namespace, string Name) NameOf(TypeDefinitionHandle handle)
    {
        TypeDefinition type = _reader.GetTypeDefinition(handle);
        return (_reader.GetString(type.Namespace), _reader.GetString(type.Name));
    }

    private IEnumerable<EntityHandle> Used(PEReader file, TypeDefinition type)
    {
        yield return type.BaseType;
        foreach (InterfaceImplementationHandle handle in type.GetInterfaceImplementations())
        {
            yield return _reader.GetInterfaceImplementation(handle).Interface;
        }

        foreach (EntityHandle handle in Attributes(type.GetCustomAttributes()).Concat(Constraints(type.GetGenericParameters())))
        {
            yield return handle;
        }

        foreach (FieldDefinition field in type.GetFields().Select(_reader.GetFieldDefinition))
        {
            foreach (EntityHandle handle in field.DecodeSignature(_types, null).Concat(Attributes(field.GetCustomAttributes())))
            {
                yield return handle;
            }
        }

        foreach (MethodDefinition method in type.GetMethods().Select(_reader.GetMethodDefinition))
        {
            foreach (EntityHandle handle in Flatten(method.DecodeSignature(_types, null))
                .Concat(Attributes(method.GetCustomAttributes()))
                .Concat(Constraints(method.GetGenericParameters()))
                .Concat(method.RelativeVirtualAddress == 0 ? [] : Body(file.GetMethodBody(method.RelativeVirtualAddress))))
            {
                yield return handle;
            }
        }
    }

    private IEnumerable<EntityHandle> Attributes(CustomAttributeHandleCollection attributes) =>
        attributes.Select(handle => _reader.GetCustomAttribute(handle).Constructor);

    private IEnumerable<EntityHandle> Constraints(GenericParameterHandleCollection parameters) => parameters
        .SelectMany(handle => _reader.GetGenericParameter(handle).GetConstraints())
        .Select(handle => _reader.GetGenericParameterConstraint(handle).Type);

    private IEnumerable<EntityHandle> Body(MethodBodyBlock body)
    {
        if (!body.LocalSignature.IsNil)
        {
            foreach (EntityHandle handle in _reader.GetStandaloneSignature(body.LocalSignature)
                .DecodeLocalSignature(_types, null)
                .SelectMany(local => local))
            {
                yield return handle;
            }
        }

        foreach (ExceptionRegion region in body.ExceptionRegions)
        {
            yield return region.CatchType;
        }

        byte[] code = body.GetILBytes()!;
        for (int index = 0; index < code.Length;)
        {
            int value = code[index++];
            value = value == 0xFE ? 0xFE00 | code[index++] : value;
            switch (Operands[value])
            {
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                    yield return MetadataTokens.EntityHandle(BitConverter.ToInt32(code, index));
                    index += 4;
                    break;
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    index++;
                    break;
                case OperandType.InlineVar:
                    index += 2;
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    index += 8;
                    break;
                case OperandType.InlineSwitch:
                    index += 4 + (4 * BitConverter.ToInt32(code, index));
                    break;
                default:
                    index += 4;
                    break;
            }
        }
    }

    private void Add(TypeDefinitionHandle from, EntityHandle used)
    {
        if (used.IsNil)
        {
            return;
        }

        switch (used.Kind)
        {
            case HandleKind.TypeDefinition:
                TypeDefinitionHandle to = Outer((TypeDefinitionHandle)used);
                if (to != from)
                {
                    _arrows.Add((from, to));
                }

                break;
            case HandleKind.FieldDefinition:
                FieldDefinition field = _reader.GetFieldDefinition((FieldDefinitionHandle)used);
                AddAll(from, field.DecodeSignature(_types, null).Prepend(field.GetDeclaringType()));
                break;
            case HandleKind.MethodDefinition:
                MethodDefinition method = _reader.GetMethodDefinition((MethodDefinitionHandle)used);
                AddAll(from, Flatten(method.DecodeSignature(_types, null)).Prepend(method.GetDeclaringType()));
                break;
            case HandleKind.MemberReference:
                MemberReference member = _reader.GetMemberReference((MemberReferenceHandle)used);
                AddAll(from, (member.GetKind() == MemberReferenceKind.Field
                    ? member.DecodeFieldSignature(_types, null)
                    : Flatten(member.DecodeMethodSignature(_types, null))).Prepend(member.Parent));
                break;
            case HandleKind.MethodSpecification:
                MethodSpecification generic = _reader.GetMethodSpecification((MethodSpecificationHandle)used);
                AddAll(from, generic.DecodeSignature(_types, null).SelectMany(argument => argument).Prepend(generic.Method));
                break;
            case HandleKind.TypeSpecification:
                AddAll(from, _reader.GetTypeSpecification((TypeSpecificationHandle)used).DecodeSignature(_types, null));
                break;
            default:
                break;
        }
    }

    private void AddAll(TypeDefinitionHandle from, IEnumerable<EntityHandle> used)
    {
        foreach (EntityHandle handle in used)
        {
            Add(from, handle);
        }
    }

    private TypeDefinitionHandle Outer(TypeDefinitionHandle handle)
    {
        while (_reader.GetTypeDefinition(handle).GetDeclaringType() is { IsNil: false } outer)
        {
            handle = outer;
        }

        return handle;
    }

    private static IEnumerable<EntityHandle> Flatten(MethodSignature<IEnumerable<EntityHandle>> signature) =>
        signature.ParameterTypes.SelectMany(parameter => parameter).Concat(signature.ReturnType);

    /// <summary>Gives the types of the assembly that stand in a signature.</summary>
    private sealed class SignatureTypes : ISignatureTypeProvider<IEnumerable<EntityHandle>, object?>
    {
        public IEnumerable<EntityHandle> GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => [handle];

        public IEnumerable<EntityHandle> GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => [];

        public IEnumerable<EntityHandle> GetTypeFromSpecification(
            MetadataReader reader,
            object? genericContext,
            TypeSpecificationHandle handle,
            byte rawTypeKind) =>
            reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

        public IEnumerable<EntityHandle> GetPrimitiveType(PrimitiveTypeCode typeCode) => [];

        public IEnumerable<EntityHandle> GetGenericTypeParameter(object? genericContext, int index) => [];

        public IEnumerable<EntityHandle> GetGenericMethodParameter(object? genericContext, int index) => [];

        public IEnumerable<EntityHandle> GetArrayType(IEnumerable<EntityHandle> elementType, ArrayShape shape) => elementType;

        public IEnumerable<EntityHandle> GetSZArrayType(IEnumerable<EntityHandle> elementType) => elementType;

        public IEnumerable<EntityHandle> GetByReferenceType(IEnumerable<EntityHandle> elementType) => elementType;

        public IEnumerable<EntityHandle> GetPointerType(IEnumerable<EntityHandle> elementType) => elementType;

        public IEnumerable<EntityHandle> GetPinnedType(IEnumerable<EntityHandle> elementType) => elementType;

        public IEnumerable<EntityHandle> GetModifiedType(
            IEnumerable<EntityHandle> modifier,
            IEnumerable<EntityHandle> unmodifiedType,
            bool isRequired) =>
            modifier.Concat(unmodifiedType);

        public IEnumerable<EntityHandle> GetFunctionPointerType(MethodSignature<IEnumerable<EntityHandle>> signature) => Flatten(signature);

        public IEnumerable<EntityHandle> GetGenericInstantiation(
            IEnumerable<EntityHandle> genericType,
            ImmutableArray<IEnumerable<EntityHandle>> typeArguments) =>
            genericType.Concat(typeArguments.SelectMany(argument => argument));
    }
}
