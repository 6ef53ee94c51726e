# The addon: native/ in C++17 over Node-API, linked statically to the C client that deps/ builds.
{
  'variables': {
    'c_client': '<(module_root_dir)/deps/out/source/zookeeper-client/zookeeper-client-c',
    'c_build': '<(module_root_dir)/deps/out/build',
    # How the C client was built: scripts/support/port.mjs.
    'port%': 'buffered',
  },
  'targets': [
    {
      'target_name': 'libzookeeper',
      # gyp would take the "lib" for a library's prefix and drop it.
      'product_name': 'libzookeeper',
      'sources': ['<!@(node scripts/build/native-sources.mjs)'],
      'include_dirs': [
        'native',
        # Declarations of Cyrus SASL. Those of OpenSSL come with Node.js's headers; native/port/c-client is not for us.
        'native/port/cyrus',
        '<(c_client)/include',
        '<(c_client)/src',
        '<(c_client)/generated',
        '<(c_build)/include',
      ],
      'defines': [
        'NAPI_VERSION=8',
        # How the C client's headers are meant: its multithreaded build, linked statically.
        'THREADED',
        'USE_STATIC_LIB',
        'HAVE_CYRUS_SASL_H',
      ],
      'cflags': ['-Wall', '-Wextra', '-fvisibility=hidden'],
      'cflags_cc': ['-std=c++17', '-fvisibility-inlines-hidden'],
      'cflags_cc!': ['-std=gnu++17', '-std=gnu++20'],
      'ldflags': [
        '-pthread',
        # The C client registers a destructor with pthread_key_create: a worker that ends must not unmap it.
        '-Wl,-z,nodelete',
        # Nothing but the entry points is seen from outside, nor replaced by another's of the same name.
        '-Wl,--version-script=<(module_root_dir)/scripts/build/addon.map',
      ],
      'conditions': [
        ['port == "plain"', {'defines': ['LIBZOOKEEPER_PORT_PLAIN']}],
        ['OS!="win"', {'libraries': ['<(c_build)/libzookeeper.a', '<(c_build)/libhashtable.a']}],
        # Not proven: the same sources have been compiled by clang and run under wine (scripts/release/windows.mjs), but not
        # by Microsoft's compiler. What keeps the addon mapped is in native/keep_mapped.cc there.
        ['OS=="win"', {
          'include_dirs+': ['native/port/windows/include'],
          'defines': ['_CRT_SECURE_NO_WARNINGS'],
          'libraries': ['<(c_build)/libzookeeper.lib', '<(c_build)/libhashtable.lib', '-lws2_32'],
          'msvs_settings': {
            'VCCLCompilerTool': {
              # POSIX, as far as it is called: ahead of every source file.
              'ForcedIncludeFiles': ['<(module_root_dir)/native/port/windows/posix.h'],
              'AdditionalOptions': ['/std:c++17', '/utf-8'],
            },
          },
        }],
        ['OS=="linux"', {
          # Whatever glibc it is built with, an old one will do.
          'cflags': ['-include', '<(module_root_dir)/native/port/abi_floor.h'],
          # With type information, shared_ptr asks nothing of a newer libstdc++.
          'cflags_cc!': ['-fno-rtti'],
          'cflags_cc': ['-frtti'],
        }],
        # Not proven: there has been no Mac to build this on. What keeps the addon mapped is in native/addon.cc there.
        ['OS=="mac"', {
          'xcode_settings': {
            'MACOSX_DEPLOYMENT_TARGET': '11.0',
            'CLANG_CXX_LANGUAGE_STANDARD': 'c++17',
            'CLANG_CXX_LIBRARY': 'libc++',
            'GCC_SYMBOLS_PRIVATE_EXTERN': 'YES',
            'WARNING_CFLAGS': ['-Wall', '-Wextra'],
            # For ld64, as addon.map is for GNU's linker.
            'OTHER_LDFLAGS': [
              '-Wl,-exported_symbols_list,<(module_root_dir)/scripts/build/addon.exports',
            ],
          },
        }],
      ],
    },
  ],
}
