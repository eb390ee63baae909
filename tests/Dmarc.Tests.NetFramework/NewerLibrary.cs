// What the tests call of the newer class library and neither the .NET Framework nor the Polyfill package has.
using System.Net.Sockets;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;

namespace System.Runtime.CompilerServices
{
    /// <summary>What the compiler calls for a range of an array. It hides the class of the same name, so it has that one's method too.</summary>
    internal static class RuntimeHelpers
    {
        private static readonly Action<Array, RuntimeFieldHandle> Initialize = (Action<Array, RuntimeFieldHandle>)Delegate.CreateDelegate(
            typeof(Action<Array, RuntimeFieldHandle>), typeof(object).Assembly.GetType("System.Runtime.CompilerServices.RuntimeHelpers")!.GetMethod("InitializeArray")!);

        public static void InitializeArray(Array array, RuntimeFieldHandle handle) => Initialize(array, handle);

        public static T[] GetSubArray<T>(T[] array, Range range)
        {
            (int offset, int length) = range.GetOffsetAndLength(array.Length);
            T[] part = new T[length];
            Array.Copy(array, offset, part, 0, length);
            return part;
        }
    }
}

namespace System.Security.Cryptography.X509Certificates
{
    internal static class X509CertificateLoader
    {
        public static X509Certificate2 LoadCertificate(byte[] data) => new(data);

        public static X509Certificate2 LoadPkcs12(byte[] data, string? password) => new(data, password, X509KeyStorageFlags.Exportable);
    }
}

namespace Dmarc.Tests
{
    internal static class NewerLibrary
    {
        private static readonly byte[] RsaEncryption = [0x30, 13, 6, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 13, 1, 1, 1, 5, 0];

        public static string Replace(this string text, string old, string with, StringComparison comparison)
        {
            Assert.Equal(StringComparison.Ordinal, comparison);
            return text.Replace(old, with);
        }

        public static IEnumerable<TResult> Select<TResult>(this MatchCollection matches, Func<Match, TResult> selector) =>
            Enumerable.Select(matches.Cast<Match>(), selector);

        public static async Task<TcpClient> AcceptTcpClientAsync(this TcpListener listener, CancellationToken cancellationToken)
        {
            using CancellationTokenRegistration _ = cancellationToken.Register(listener.Stop);
            try
            {
                return await listener.AcceptTcpClientAsync();
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                throw new OperationCanceledException(cancellationToken);
            }
        }

        /// <summary>RFC 5280 §4.1: the key and what kind it is of, in DER.</summary>
        public static byte[] ExportSubjectPublicKeyInfo(this RSA rsa)
        {
            RSAParameters key = rsa.ExportParameters(false);
            byte[] bits = Der(0x30, [.. Number(key.Modulus), .. Number(key.Exponent)]);
            return Der(0x30, [.. RsaEncryption, .. Der(3, [0, .. bits])]);
        }

        /// <summary>RFC 8017 A.1.2.</summary>
        public static string ExportRSAPrivateKeyPem(this RSA rsa)
        {
            RSAParameters key = rsa.ExportParameters(true);
            byte[] der = Der(0x30, [.. Number([0]), .. Number(key.Modulus), .. Number(key.Exponent), .. Number(key.D), .. Number(key.P), .. Number(key.Q),
                .. Number(key.DP), .. Number(key.DQ), .. Number(key.InverseQ)]);
            return Pem("RSA PRIVATE KEY", der);
        }

        public static string ExportCertificatePem(this X509Certificate2 certificate) => Pem("CERTIFICATE", certificate.RawData);

        private static string Pem(string label, byte[] der) =>
            $"-----BEGIN {label}-----\n{Convert.ToBase64String(der, Base64FormattingOptions.InsertLineBreaks).Replace("\r", "")}\n-----END {label}-----";

        private static byte[] Number(byte[]? bigEndian)
        {
            byte[] digits = [.. bigEndian!.SkipWhile((digit, index) => digit == 0 && index < bigEndian!.Length - 1)];
            return Der(2, digits[0] < 0x80 ? digits : [0, .. digits]);
        }

        private static byte[] Der(byte tag, byte[] content)
        {
            byte[] length = content.Length < 0x80 ? [(byte)content.Length]
                : content.Length < 0x100 ? [0x81, (byte)content.Length]
                : [0x82, (byte)(content.Length >> 8), (byte)content.Length];
            return [tag, .. length, .. content];
        }

        // The .NET Framework does not count what is allocated; the bounds on it are held by the tests on .NET.
        extension(GC)
        {
            public static long GetAllocatedBytesForCurrentThread() => 0;

            public static long GetTotalAllocatedBytes(bool precise = false) => 0;
        }

        extension(DateTimeOffset)
        {
            public static DateTimeOffset UnixEpoch => DateTimeOffset.FromUnixTimeMilliseconds(0);
        }

        extension(BigInteger number)
        {
            public byte[] ToByteArray(bool isUnsigned)
            {
                byte[] bytes = number.ToByteArray();
                return isUnsigned && bytes.Length > 1 && bytes[^1] == 0 ? bytes[..^1] : bytes;
            }
        }
    }
}
